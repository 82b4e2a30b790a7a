package eu.sinusnode.server.therapy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.server.batch.InnerRequests;
import eu.sinusnode.server.rest.GivenParameters;
import eu.sinusnode.server.storage.Zone;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * {@code CarePlan/[id]/$progress}: how much of a therapy plan was kept in the last {@link #DAYS} days, and which targets of its goals are
 * reached. All that it reads it reads as the caller's own requests: it counts what the caller may see.
 */
public final class ProgressOperation {

    static final String NAME = "$progress";
    static final int DAYS = 28;
    private static final int WHOLE_DATE = "2026-01-01".length();

    private final InnerRequests requests;
    private final FhirContext context;
    private final Clock clock;

    public ProgressOperation(InnerRequests requests, FhirContext context, Clock clock) {
        this.requests = requests;
        this.context = context;
        this.clock = clock;
    }

    @Operation(name = NAME, type = CarePlan.class, idempotent = true)
    public Parameters progress(@IdParam IdType id, ServletRequestDetails request) {
        ZoneId zone = zone(GivenParameters.of(request, null, Set.of("zone"), false, ProgressOperation::malformed)
                .one("zone"));
        OwnRequests own = new OwnRequests(requests, context, request);
        CarePlan plan = own.read(CarePlan.class, "CarePlan/" + id.getIdPart());
        PlanLook look = PlanLook.read(plan, own, zone, clock.instant());
        DisclosureLedger.permittedBy(request, "therapy plan: progress");
        DisclosureLedger.note(
                request,
                AuditedInteraction.OPERATION,
                null,
                List.of(new AuditedRecord(
                        plan.getSubject().getReferenceElement().getIdPart(), "CarePlan", id.getIdPart(), null)));
        return new ProgressAnswer(look.record(), look.progress()).parameters(look.from(), look.last());
    }

    /** The first day that does not count: today, or the day after the plan's end. */
    static LocalDate last(CarePlan plan, LocalDate today) {
        String end = plan.getPeriod().getEndElement().getValueAsString();
        if (end == null || end.length() < WHOLE_DATE) {
            return today;
        }
        LocalDate after = LocalDate.parse(end.substring(0, WHOLE_DATE)).plusDays(1);
        return after.isBefore(today) ? after : today;
    }

    /** The plan in the days that can count. */
    static Past<CarePlan> past(CarePlan plan, PlanSearch search, LocalDate last, ZoneId zone) {
        return Past.of(plan, search, last.minusDays(DAYS).atStartOfDay(zone).toInstant());
    }

    /** The first day that counts: the first on which the plan held by what it says now, or said on one of the days. */
    static LocalDate from(Past<CarePlan> plan, LocalDate last) {
        LocalDate earliest = last.minusDays(DAYS);
        return Stream.concat(Stream.of(plan.current()), plan.versions().stream())
                .map(version -> version.getPeriod().getStartElement().getValueAsString())
                .map(start -> start == null || start.length() < WHOLE_DATE
                        ? earliest
                        : LocalDate.parse(start.substring(0, WHOLE_DATE)))
                .map(begins -> begins.isAfter(earliest) ? begins : earliest)
                .min(Comparator.naturalOrder())
                .orElse(earliest);
    }

    static ZoneId zone(@Nullable String name) {
        try {
            return name == null ? Zone.OF_DATES : ZoneId.of(name.replace(' ', '+'));
        } catch (DateTimeException unknown) {
            throw malformed("zone is a time zone, as Europe/Berlin, or an offset, as +02:00");
        }
    }

    private static BaseServerResponseException malformed(String what) {
        return Denials.problem(RequestProblem.PLAN_REQUEST, what);
    }
}
