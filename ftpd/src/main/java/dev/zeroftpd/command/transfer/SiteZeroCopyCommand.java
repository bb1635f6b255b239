package dev.zeroftpd.command.transfer;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.TransferResult;
import dev.zeroftpd.transfer.result.TransferTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * SITE ZEROCOPY: tells which way the session's last transfer took and the server's totals by path and reason. Never
 * blocks; allowed during a transfer.
 */
public final class SiteZeroCopyCommand implements Command {

    private final TransferTotals totals;

    public SiteZeroCopyCommand(TransferTotals totals) {
        this.totals = totals;
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        List<String> lines = new ArrayList<>();
        lines.add(LastTransfer.of(session)
                .map(SiteZeroCopyCommand::describe)
                .orElse("Last transfer: none in this session"));
        lines.add(describe("zero-copy", totals.zeroCopy()));
        for (StreamReason reason : StreamReason.values()) {
            TransferTotals.Total total = totals.streamed(reason);
            if (total.transfers() > 0) {
                lines.add(describe("streamed: " + reason.label(), total));
            }
        }
        lines.add("End.");
        Replies.say(session, FtpReply.REPLY_200_COMMAND_OKAY, String.join("\n", lines));
    }

    private static String describe(LastTransfer last) {
        TransferResult result = last.result();
        return "Last transfer: %s %s, %d bytes, %s, %s"
                .formatted(
                        last.verb(),
                        last.path(),
                        result.bytes(),
                        result.way().describe(),
                        result.completed() ? "completed" : "not completed");
    }

    private static String describe(String path, TransferTotals.Total total) {
        return String.format(
                Locale.ROOT,
                "Total %s: %d transfers, %d not completed, %d bytes",
                path,
                total.transfers(),
                total.failed(),
                total.bytes());
    }
}
