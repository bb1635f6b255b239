package dev.zeroftpd.server;

import dev.zeroftpd.config.ListenerSettings;
import dev.zeroftpd.config.ListenerSettings.Banner;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.control.reply.Banners;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The banners of all listeners that the server was started with. Any thread. */
final class ListenerBanners {

    private final Map<String, Banners> byListener = new HashMap<>();

    ListenerBanners(Settings settings) {
        settings.listeners().forEach(listener -> byListener.put(listener.name(), new Banners()));
        apply(settings.listeners());
    }

    Banners of(ListenerSettings listener) {
        return byListener.getOrDefault(listener.name(), new Banners());
    }

    /** New sessions hear what the files hold now. Further listeners wait for a restart. */
    void apply(List<ListenerSettings> listeners) {
        for (ListenerSettings listener : listeners) {
            of(listener)
                    .become(
                            listener.greeting().map(Banner::text),
                            listener.welcome().map(Banner::text));
        }
    }
}
