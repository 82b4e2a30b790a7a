package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.policy.access.CallerKind;
import java.time.Duration;
import java.util.Set;

/**
 * How long a login lasts without use, and at most. Staff log in again sooner than patients, and every ten hours whatever
 * they do; the reasons are in ADR 18.
 *
 * @param idle without use
 * @param longest in any case
 */
record Sessions(Duration idle, Duration longest) {

    static final Sessions OF_STAFF = new Sessions(Duration.ofMinutes(15), Duration.ofHours(10));
    static final Sessions OF_PATIENTS = new Sessions(Duration.ofMinutes(30), Duration.ofHours(12));
    /** A patient's own app that uploads while its owner sleeps. */
    static final Sessions OFFLINE = new Sessions(Duration.ofDays(30), Duration.ofDays(90));

    /** An app that staff use has staff's limits, whoever else uses it. */
    static Sessions of(Set<CallerKind> people) {
        return people.stream().anyMatch(SecondFactor::neededBy) ? OF_STAFF : OF_PATIENTS;
    }

    /** The realm has the widest limits; clients narrow them. */
    static void ofRealm(ObjectNode realm) {
        realm.put("ssoSessionIdleTimeout", OF_PATIENTS.idle.toSeconds())
                .put("ssoSessionMaxLifespan", OF_PATIENTS.longest.toSeconds())
                .put("offlineSessionIdleTimeout", OFFLINE.idle.toSeconds())
                .put("offlineSessionMaxLifespanEnabled", true)
                .put("offlineSessionMaxLifespan", OFFLINE.longest.toSeconds());
    }

    /** The limits of an app's sessions; a login that is older than the longest does not open a new one. */
    void ofClient(ObjectNode attributes) {
        attributes
                .put("client.session.idle.timeout", Long.toString(idle.toSeconds()))
                .put("client.session.max.lifespan", Long.toString(longest.toSeconds()))
                .put("default.max.age", Long.toString(longest.toSeconds()));
    }
}
