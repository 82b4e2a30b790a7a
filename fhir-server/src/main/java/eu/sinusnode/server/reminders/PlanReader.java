package eu.sinusnode.server.reminders;

import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.reminders.ReminderPlans.PlanContent;
import eu.sinusnode.therapy.reminder.PlanActivities;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Reads plans as they are stored now, many in three statements. */
final class PlanReader {

    private static final int WHOLE_DATE = "2026-01-01".length();

    private final StoredRecords records;

    PlanReader(StoredRecords records) {
        this.records = records;
    }

    /** Those that hold, of patients who live; of all others nobody is reminded. */
    Map<UUID, PlanContent> read(Collection<StalePlan> stale) {
        List<String> paths = new ArrayList<>();
        for (StalePlan plan : stale) {
            paths.add("CarePlan/" + plan.plan());
            paths.add("Patient/" + plan.patient());
        }
        Map<String, Resource> stored = records.currentOf(paths);
        Map<StalePlan, CarePlan> holding = new LinkedHashMap<>();
        for (StalePlan each : stale) {
            if (stored.get("CarePlan/" + each.plan()) instanceof CarePlan plan
                    && plan.getStatus() == CarePlanStatus.ACTIVE
                    && isOf(plan, each.patient())
                    && stored.get("Patient/" + each.patient()) instanceof Patient patient
                    && lives(patient)) {
                holding.put(each, plan);
            }
        }
        Map<String, Resource> named = records.currentOf(holding.values().stream()
                .flatMap(plan -> PlanActivities.named(plan).stream())
                .distinct()
                .toList());
        Map<UUID, PlanContent> contents = new LinkedHashMap<>();
        holding.forEach((each, plan) ->
                contents.put(each.plan(), content(plan, named, each.settings().zone())));
        return contents;
    }

    private static boolean isOf(CarePlan plan, UUID patient) {
        return ResourceIds.referenced(plan.getSubject(), "Patient")
                .filter(patient.toString()::equals)
                .isPresent();
    }

    private static boolean lives(Patient patient) {
        boolean dead = patient.hasDeceasedDateTimeType()
                || patient.hasDeceasedBooleanType()
                        && patient.getDeceasedBooleanType().booleanValue();
        return !dead && (!patient.hasActive() || patient.getActive());
    }

    private static PlanContent content(CarePlan plan, Map<String, Resource> stored, ZoneId zone) {
        Map<String, Resource> named = new LinkedHashMap<>();
        for (String path : PlanActivities.named(plan)) {
            Resource record = stored.get(path);
            if (record != null) {
                named.put(path, record);
            }
        }
        Instant begins = Optional.ofNullable(day(plan.getPeriod().getStartElement(), 0, zone))
                .or(() -> Optional.ofNullable(plan.getCreated()).map(java.util.Date::toInstant))
                .orElseGet(() -> plan.getMeta().getLastUpdated().toInstant());
        Instant after = day(plan.getPeriod().getEndElement(), 1, zone);
        return new PlanContent(
                organization(plan), begins, after == null ? Instant.MAX : after, PlanActivities.of(named));
    }

    /** Of the first clinic that the plan names. */
    private static @Nullable UUID organization(CarePlan plan) {
        return plan.getContributor().stream()
                .flatMap((Reference one) -> ResourceIds.referenced(one, "Organization").stream())
                .flatMap(id -> ResourceIds.parse(id).stream())
                .findFirst()
                .orElse(null);
    }

    /** The instant that is written; of a date the beginning of the day, so many days later. */
    private static @Nullable Instant day(BaseDateTimeType written, int later, ZoneId zone) {
        String text = written.getValueAsString();
        if (text == null || text.length() < WHOLE_DATE) {
            return null;
        }
        return written.hasTime()
                ? written.getValue().toInstant()
                : LocalDate.parse(text).plusDays(later).atStartOfDay(zone).toInstant();
    }
}
