package dev.zeroftpd.admin.page.source;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One account, of which the page lists thousands and shows few. Immutable; any thread. */
public interface ListedAccount {

    String name();

    List<String> groups();

    /** What else the page shows of it, made anew each time. */
    Map<String, @Nullable Object> fields();
}
