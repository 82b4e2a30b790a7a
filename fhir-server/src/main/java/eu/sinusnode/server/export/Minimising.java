package eu.sinusnode.server.export;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.minimisation.Delivery;
import eu.sinusnode.server.export.job.ExportOrder;
import eu.sinusnode.server.export.job.ExportOrder.Pseudonymised;
import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PurposeKey;
import eu.sinusnode.server.keys.PurposeKeys;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/**
 * What an order becomes for a caller who may not learn whose records they are. Whole weeks alone: an export that ended or
 * began within one would tell when a record came, to the instant, however coarse its own dates are.
 */
final class Minimising {

    private final PurposeKeys keys;
    private final int smallestGroup;
    private final Clock clock;
    private final ZoneId zone;

    /** @param zone in which weeks begin */
    Minimising(PurposeKeys keys, int smallestGroup, Clock clock, ZoneId zone) {
        this.keys = keys;
        this.smallestGroup = smallestGroup;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * The order as the caller's purpose lets it be.
     *
     * @throws ca.uhn.fhir.rest.server.exceptions.InvalidRequestException when it would choose by what the form leaves out
     */
    ExportOrder of(Caller caller, ExportOrder order) {
        if (Delivery.of(caller.purpose()) == Delivery.IDENTIFIED) {
            return order;
        }
        if (!order.filters().isEmpty()
                || order.until() != null
                || !order.elements().isEmpty()
                || order.patients() != null) {
            throw ExportProblems.malformed(
                    "A pseudonymised export takes no _typeFilter, no _until, no _elements and no patient, since"
                            + " they would choose by what it leaves out; it takes _type, _since and organizeOutputBy.");
        }
        Instant since = order.since();
        PurposeKey key = keys.current(KeyPurpose.PSEUDONYM);
        boolean renamed = keys.all(KeyPurpose.PSEUDONYM).size() > 1;
        if (since != null && renamed && since.isBefore(key.created())) {
            throw ExportProblems.malformed(
                    "Since _since all pseudonyms were made anew; delete what you have, and export"
                            + " without _since.");
        }
        return new ExportOrder(
                order.url(),
                order.types(),
                since == null ? null : week(since),
                week(clock.instant()),
                order.filters(),
                order.elements(),
                null,
                order.organizedBy(),
                new Pseudonymised(key.kid(), smallestGroup));
    }

    /** When the week of an instant began. */
    private Instant week(Instant instant) {
        return instant.atZone(zone)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .truncatedTo(ChronoUnit.DAYS)
                .toInstant();
    }
}
