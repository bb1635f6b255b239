/**
 * The transfer parameters of RFC 959, section 4.1.2, and its extensions: where the data connection goes, type, structure,
 * mode, protection, and from where to where.
 *
 * <p>They only note what a later transfer uses and must not start one. Start reading at {@link
 * dev.zeroftpd.command.parameter.TypeCommand}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.command.parameter;
