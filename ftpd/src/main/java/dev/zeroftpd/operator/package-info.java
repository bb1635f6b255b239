/**
 * The control socket: how the commands of the operator ({@code ftpd who}, {@code kick}, {@code drain} …) reach the server that
 * runs, and what answers them. One request a line, in JSON; docs/operations.md has the protocol.
 *
 * <p>It must not know verbs, storage or accounts: what it can't do with the control connections and the bans, it asks of
 * {@link dev.zeroftpd.operator.OperatedServer}. Start reading at {@link dev.zeroftpd.operator.OperatorSocket}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.operator;
