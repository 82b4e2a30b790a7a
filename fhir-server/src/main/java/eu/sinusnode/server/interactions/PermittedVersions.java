package eu.sinusnode.server.interactions;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.server.interactions.VersionTable.Version;
import eu.sinusnode.server.population.PermittedRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Versions of a type of everybody who permits the caller something of it, when they are more patients than can be named: what
 * is stored, whosever it is, is walked from the newest on and left to theirs.
 */
public final class PermittedVersions {

    private static final int AT_ONCE = 1_000;
    private static final int MOST_LOOKED_AT = 250_000;

    private final VersionTable versions;
    private final PermittedRows permitted;
    private final int atOnce;
    private final int mostLookedAt;

    public PermittedVersions(VersionTable versions, PermittedRows permitted) {
        this(versions, permitted, AT_ONCE, MOST_LOOKED_AT);
    }

    /** @param mostLookedAt how many versions a page looks at, whosever they are */
    PermittedVersions(VersionTable versions, PermittedRows permitted, int atOnce, int mostLookedAt) {
        this.versions = versions;
        this.permitted = permitted;
        this.atOnce = atOnce;
        this.mostLookedAt = mostLookedAt;
    }

    /** The walk of one page. */
    Walk walk(String resourceType, HistoryWindow window, Caller caller, Instant at) {
        return new Walk(resourceType, window, caller, at);
    }

    final class Walk {
        private final String resourceType;
        private final HistoryWindow window;
        private final Caller caller;
        private final Instant at;
        private int lookedAt;

        private Walk(String resourceType, HistoryWindow window, Caller caller, Instant at) {
            this.resourceType = resourceType;
            this.window = window;
            this.caller = caller;
            this.at = at;
        }

        /**
         * The next ones.
         *
         * @param after null for the newest
         * @return fewer than {@code wanted} when there are no more; empty when more would have to be looked at than may be
         */
        Optional<List<Version>> next(@Nullable VersionKey after, int wanted) {
            List<Version> found = new ArrayList<>();
            VersionKey place = after;
            while (true) {
                List<Version> some = versions.ofType(resourceType, window, place, atOnce);
                Set<Long> left = new HashSet<>(permitted.everAmong(
                        some.stream().map(Version::row).distinct().toList(), resourceType, caller, at));
                for (Version version : some) {
                    place = version.key();
                    lookedAt++;
                    if (left.contains(version.row())) {
                        found.add(version);
                        if (found.size() == wanted) {
                            return Optional.of(found);
                        }
                    }
                }
                if (some.size() < atOnce) {
                    return Optional.of(found);
                }
                if (lookedAt >= mostLookedAt) {
                    return Optional.empty();
                }
            }
        }
    }
}
