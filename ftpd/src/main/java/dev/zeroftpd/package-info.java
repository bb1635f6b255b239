/** ZeroFTPd: an FTP server whose downloads go from the page cache to the socket by {@code sendfile(2)}. */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd;
