/**
 * What commands say in common: the replies that most verbs share, and the table from what storage refuses to a reply.
 *
 * <p>It knows no verb. Start reading at {@link dev.zeroftpd.command.reply.Replies}, then {@link
 * dev.zeroftpd.command.reply.StorageReplies}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.command.reply;
