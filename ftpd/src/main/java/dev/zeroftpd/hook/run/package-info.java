/**
 * How the operator's programs are run and their servers asked, for any purpose: bounded in time and in what is kept of the answer.
 *
 * <p>It knows nothing of events, uploads and accounts. Start reading at {@link dev.zeroftpd.hook.run.ProgramRun} and {@link
 * dev.zeroftpd.hook.run.WebPost}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.hook.run;
