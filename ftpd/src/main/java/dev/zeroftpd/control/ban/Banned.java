package dev.zeroftpd.control.ban;

import dev.zeroftpd.control.admission.AddressPrefix;
import java.time.Instant;
import java.util.Optional;

/**
 * One ban that holds now. Immutable; any thread.
 *
 * @param end by the time of day; empty if it lasts until it is lifted
 * @param why for how long it was made, and what for; empty for one of a version that didn't keep it
 */
public record Banned(AddressPrefix from, BanOrigin origin, Optional<Instant> end, Optional<String> why) {}
