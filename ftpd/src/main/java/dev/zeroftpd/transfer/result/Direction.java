package dev.zeroftpd.transfer.result;

/** Which way the bytes of a data connection go, as the server sees it; those of a listing are a download. */
public enum Direction {
    DOWNLOAD,
    UPLOAD
}
