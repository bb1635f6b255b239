/**
 * What is declared about a verb, and the table of all of them that the dispatcher, the login gate, HELP and FEAT read.
 *
 * <p>It knows no command. Start reading at {@link dev.zeroftpd.command.verb.Verb}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.command.verb;
