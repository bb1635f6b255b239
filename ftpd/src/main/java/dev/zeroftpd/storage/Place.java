package dev.zeroftpd.storage;

/**
 * A path as all sessions know it that have the same directory as home or folder. Immutable; any thread.
 *
 * @param root the home or folder: where it is on this machine, or its URI
 * @param path seen from there
 */
public record Place(String root, VirtualPath path) {}
