package dev.zeroftpd.ops;

import dev.zeroftpd.transfer.result.TransferResult;

/**
 * A finished transfer as it is logged. Immutable.
 *
 * @param user the account's name
 * @param address the client's address on the control connection, without port
 * @param verb the FTP command, such as {@code RETR}
 * @param path the virtual path, as the client sees it; may hold any character
 */
public record TransferRecord(String user, String address, String verb, String path, TransferResult result) {}
