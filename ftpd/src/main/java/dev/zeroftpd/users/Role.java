package dev.zeroftpd.users;

/** What an account may do to the server itself. Any thread. */
enum Role {
    /** Nothing: it transfers files. */
    USER,

    /** See and do what is for administrators, such as SITE WHO. */
    ADMIN
}
