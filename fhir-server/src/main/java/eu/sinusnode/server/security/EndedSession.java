package eu.sinusnode.server.security;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a logout token says.
 *
 * @param client the OAuth client whose session it was; tokens of others are not meant
 * @param session the session that ended ({@code sid}); null when all that the person had with the client ended
 * @param subject the person; null only beside a session
 * @param at when the issuer said so
 */
record EndedSession(
        String client, @Nullable String session, @Nullable String subject, Instant at) {}
