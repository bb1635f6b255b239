package dev.zeroftpd.rights;

/** An account that says itself what it may do at which path; others are asked for write permission only. Any thread. */
public interface RightsHolder {

    Rights rights();
}
