package eu.sinusnode.therapy.print;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Period;

/** Calls with the clinic that are booked and ahead, or proposed. */
record CallTable(PrintedPlan printed, PrintLanguage language) {

    void write(Html page) {
        List<Appointment> open = printed.appointments().stream()
                .filter(each ->
                        each.getStatus() == AppointmentStatus.BOOKED || each.getStatus() == AppointmentStatus.PROPOSED)
                .filter(each -> !each.hasStart() || each.getStart().toInstant().isAfter(printed.now()))
                .sorted(Comparator.comparing(CallTable::begins))
                .toList();
        if (open.isEmpty()) {
            return;
        }
        page.open("div", "class", "part").element("h2", language.say("calls"));
        PageFrame.table(
                page,
                "calls",
                language.say("calls.caption"),
                Stream.of("call", "call.when", "call.how").map(language::say).toList(),
                open.stream().map(this::call).toList());
        page.close();
    }

    private List<String> call(Appointment appointment) {
        String name =
                appointment.hasDescription() ? language.translated(appointment.getDescription()) : language.say("call");
        String when = appointment.getStatus() == AppointmentStatus.BOOKED && appointment.hasStart()
                ? language.say(
                        "call.booked",
                        language.moment(appointment.getStart().toInstant().atZone(printed.zone())))
                : appointment.getRequestedPeriod().stream()
                        .map(period -> language.say("call.proposed", days(period)))
                        .collect(Collectors.joining("; "));
        return List.of(
                name,
                when,
                appointment.hasPatientInstruction() ? language.translated(appointment.getPatientInstruction()) : "");
    }

    private String days(Period period) {
        String from = frame().day(period.getStartElement().getValueAsString());
        return period.hasEnd()
                ? language.say(
                        "period.both", from, frame().day(period.getEndElement().getValueAsString()))
                : language.say("period.from", from);
    }

    private static Instant begins(Appointment appointment) {
        if (appointment.hasStart()) {
            return appointment.getStart().toInstant();
        }
        return appointment.getRequestedPeriod().stream()
                .filter(Period::hasStart)
                .map(period -> period.getStart().toInstant())
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    private PageFrame frame() {
        return new PageFrame(printed, language);
    }
}
