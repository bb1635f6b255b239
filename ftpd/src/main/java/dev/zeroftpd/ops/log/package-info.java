/**
 * How events are logged: as text, as JSON lines, in wu-ftpd's format, and as a record of who did what.
 *
 * <p>The names of the loggers are what operators route in logback.xml. Start reading at {@link dev.zeroftpd.ops.log.EventLog}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.ops.log;
