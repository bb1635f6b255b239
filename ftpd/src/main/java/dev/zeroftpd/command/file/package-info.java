/**
 * Commands that change or describe files and directories without a data connection.
 *
 * <p>One method per verb; {@link dev.zeroftpd.command.file.FileCommand} is what they share. Start reading there.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.command.file;
