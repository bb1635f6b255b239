package dev.zeroftpd.command.hash;

import dev.zeroftpd.command.parameter.OctetRange;
import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.storage.StorageException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;

/** The two forms of a hash request and its reply. Stateless; any thread. */
enum HashForm {

    /** {@code HASH file}, the range by RANG before it; {@code 213 SHA-256 0-49 hash file}. */
    HASH {
        @Override
        Optional<Wanted> parse(FtpIoSession session, FtpRequest request) {
            if (!request.hasArgument()) {
                return Optional.empty();
            }
            String name = request.getArgument();
            return Optional.of(OctetRange.take(session)
                    .map(range -> new Wanted(name, range.first(), range.last() + 1))
                    .orElse(new Wanted(name, 0, Long.MAX_VALUE)));
        }

        @Override
        void reply(FtpIoSession session, HashAlgorithm algorithm, long start, long end, String hash, String path) {
            String range = start + "-" + Math.max(start, end - 1);
            Replies.say(
                    session, FtpReply.REPLY_213_FILE_STATUS, algorithm.label() + " " + range + " " + hash + " " + path);
        }
    },

    /**
     * {@code XCRC file} or {@code XCRC "file" start end}, the end not included; {@code 250 hash}. Numbers count only
     * behind a quoted name, because a name may end with some.
     */
    OLD {
        private static final Pattern QUOTED = Pattern.compile("\"(.+)\"(?: +(\\d{1,18})(?: +(\\d{1,18}))?)?");

        @Override
        Optional<Wanted> parse(FtpIoSession session, FtpRequest request) {
            if (!request.hasArgument()) {
                return Optional.empty();
            }
            Matcher matcher = QUOTED.matcher(request.getArgument());
            if (!matcher.matches()) {
                return Optional.of(new Wanted(request.getArgument(), 0, Long.MAX_VALUE));
            }
            long start = matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2));
            long end = matcher.group(3) == null ? Long.MAX_VALUE : Long.parseLong(matcher.group(3));
            return Optional.of(new Wanted(matcher.group(1), start, end));
        }

        @Override
        void reply(FtpIoSession session, HashAlgorithm algorithm, long start, long end, String hash, String path) {
            Replies.say(session, FtpReply.REPLY_250_REQUESTED_FILE_ACTION_OKAY, hash);
        }
    };

    /**
     * What the client wants hashed.
     *
     * @param start offset of the first byte
     * @param end offset behind the last byte; may be beyond the file's end
     */
    record Wanted(String name, long start, long end) {}

    /** Says why the file can't be hashed; the draft has a code of its own for a directory. */
    void refuse(FtpIoSession session, StorageException why) throws StorageException {
        if (this == HASH && why.kind() == StorageException.Kind.NOT_A_FILE) {
            Replies.say(
                    session,
                    FtpReply.REPLY_553_REQUESTED_ACTION_NOT_TAKEN_FILE_NAME_NOT_ALLOWED,
                    why.getMessage() + ".");
        } else {
            throw why;
        }
    }

    /** Empty if the argument makes no sense. */
    abstract Optional<Wanted> parse(FtpIoSession session, FtpRequest request);

    abstract void reply(FtpIoSession session, HashAlgorithm algorithm, long start, long end, String hash, String path);
}
