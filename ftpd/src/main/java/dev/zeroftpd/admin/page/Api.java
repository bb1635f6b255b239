package dev.zeroftpd.admin.page;

import com.sun.net.httpserver.HttpExchange;
import dev.zeroftpd.admin.http.Caller;
import dev.zeroftpd.admin.page.history.KeptHistory;
import dev.zeroftpd.admin.page.live.Viewer;
import dev.zeroftpd.admin.page.live.Viewers;
import dev.zeroftpd.admin.page.sign.SignIns;
import dev.zeroftpd.admin.page.sign.SignedIn;
import dev.zeroftpd.admin.page.source.Asked;
import dev.zeroftpd.admin.page.source.BadRequest;
import dev.zeroftpd.admin.page.source.EndedTransfers;
import dev.zeroftpd.admin.page.source.TransferFilter;
import dev.zeroftpd.admin.page.source.Watched;
import dev.zeroftpd.ops.LineQuota;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what the page's script asks, but for the stream. Any thread. */
final class Api {

    private static final Logger LOG = LoggerFactory.getLogger(Api.class);

    private static final int MOST_TRANSFERS = 500;

    private static final int USUAL_TRANSFERS = 200;

    private final LineQuota refused = LineQuota.perMinute(10);
    private final Watched watched;
    private final SignIns signIns;
    private final Cookies cookies;
    private final Viewers viewers;
    private final EndedTransfers transfers;
    private final KeptHistory history;
    private final Doings doings;

    Api(
            Watched watched,
            SignIns signIns,
            Cookies cookies,
            Viewers viewers,
            EndedTransfers transfers,
            KeptHistory history) {
        this.watched = watched;
        this.signIns = signIns;
        this.cookies = cookies;
        this.viewers = viewers;
        this.transfers = transfers;
        this.history = history;
        this.doings = new Doings(watched);
    }

    /** @param path behind {@code api/} */
    Reply get(HttpExchange exchange, String path) {
        Optional<SignedIn> who = cookies.find(exchange);
        if (who.isEmpty()) {
            return Reply.signedOut();
        }
        return switch (path) {
            case "session" -> Reply.json(me(who.get()));
            case "history" ->
                who.get().role().seesServer()
                        ? history(who.get())
                        : Reply.error(Reply.FORBIDDEN, "role", "Your role has no history: it is the whole server's.");
            default -> Reply.notFound();
        };
    }

    private Reply history(SignedIn who) {
        return signIns.mayAsk(who) ? Reply.json(history.json()) : tooOften();
    }

    private static Reply tooOften() {
        return Reply.error(Reply.BUSY, "busy", "This browser asks too often: try again in a moment.");
    }

    /** What a browser is told of itself. */
    Map<String, @Nullable Object> me(SignedIn who) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", who.name());
        fields.put("role", who.role().word());
        fields.put("group", who.role().group().orElse(null));
        fields.put("idle_seconds", SignedIn.IDLE.toSeconds());
        fields.put(
                "ends",
                Instant.now()
                        .plus(signIns.left(who))
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
        return fields;
    }

    /**
     * Does or answers what was posted.
     *
     * @param path behind {@code api/}
     * @param posted the body, or as much of it as shows that it is too long
     */
    Reply post(HttpExchange exchange, Caller caller, String path, byte[] posted) {
        Optional<Reply> refusal = Posted.refusal(exchange, caller);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            Optional<Asked> asked = Posted.body(posted);
            return asked.isEmpty()
                    ? Reply.error(Reply.TOO_LARGE, "size", "The request is too long.")
                    : post(exchange, caller, path, asked.get());
        } catch (BadRequest e) {
            return Reply.error(Reply.BAD_REQUEST, "request", String.valueOf(e.getMessage()));
        }
    }

    private Reply post(HttpExchange exchange, Caller caller, String path, Asked asked) throws BadRequest {
        Optional<SignedIn> who = cookies.find(exchange);
        if (path.equals("sign-in")) {
            return signIn(exchange, caller, asked, who);
        }
        if (who.isEmpty()) {
            return Reply.signedOut();
        }
        String address = caller.address().getHostAddress();
        return switch (path) {
            case "sign-out" -> {
                asked.only(Set.of());
                signIns.signOut(who.get());
                viewers.wake(who.get());
                watched.audit(who.get().name(), address, "signed out");
                yield Reply.nothing().with("Set-Cookie", Cookies.clear(exchange, caller));
            }
            case "view" -> view(asked, who.get());
            case "transfers" -> past(asked, who.get());
            case "do" -> doings.act(asked, who.get(), address);
            default -> Reply.notFound();
        };
    }

    private Reply signIn(HttpExchange exchange, Caller caller, Asked asked, Optional<SignedIn> former)
            throws BadRequest {
        String token = asked.only(Set.of("token")).text("token").orElse("");
        String address = caller.address().getHostAddress();
        return switch (signIns.exchange(token, former)) {
            case SignIns.Exchange.Done(String cookie, SignedIn who) -> {
                former.ifPresent(viewers::wake);
                watched.audit(who.name(), address, "signed in as " + who.role());
                yield Reply.json(me(who)).with("Set-Cookie", Cookies.set(exchange, caller, cookie));
            }
            case SignIns.Exchange.Unknown() -> {
                refused.take().ifPresent(leftOut -> {
                    LOG.warn(
                            "A link to the live page that holds no more was tried from {}{}",
                            address,
                            LineQuota.remark(leftOut));
                    watched.audit("", address, "a link that holds no more" + LineQuota.remark(leftOut));
                });
                yield Reply.error(
                        Reply.SIGNED_OUT,
                        "token",
                        "This link was used already, or is older than a minute: make another.");
            }
            case SignIns.Exchange.Full() ->
                Reply.error(Reply.BUSY, "busy", "Too many browsers are signed in: sign out elsewhere.");
        };
    }

    private Reply view(Asked asked, SignedIn who) throws BadRequest {
        Optional<Viewer> viewer = viewers.find(asked.text("stream").orElse(""), who);
        if (viewer.isEmpty()) {
            return Reply.error(Reply.NOT_FOUND, "path", "This stream has ended.");
        }
        return viewer.get().show(asked)
                ? Reply.nothing()
                : Reply.error(Reply.FORBIDDEN, "role", "Your role may not see that: it is the whole server's.");
    }

    private Reply past(Asked asked, SignedIn who) throws BadRequest {
        Set<String> known = new HashSet<>(TransferFilter.FIELDS);
        known.addAll(Set.of("before", "limit"));
        asked.only(known);
        if (!signIns.mayAsk(who)) {
            return tooOften();
        }
        EndedTransfers.Past past = transfers.before(
                before(asked.text("before").orElse("")),
                TransferFilter.of(asked),
                who.role().group(),
                asked.number("limit", MOST_TRANSFERS, USUAL_TRANSFERS));
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("entries", past.entries());
        fields.put("next", past.next().map(String::valueOf).orElse(null));
        fields.put("kept", past.kept());
        fields.put(
                "oldest",
                past.oldest()
                        .map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString())
                        .orElse(null));
        return Reply.json(fields);
    }

    private static long before(String text) throws BadRequest {
        try {
            return text.isEmpty() ? Long.MAX_VALUE : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new BadRequest("\"before\" must be what \"next\" said.");
        }
    }
}
