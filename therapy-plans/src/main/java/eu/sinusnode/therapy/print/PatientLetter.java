package eu.sinusnode.therapy.print;

import eu.sinusnode.therapy.medicine.MedicineProposal;
import eu.sinusnode.therapy.progress.Kept;
import eu.sinusnode.therapy.progress.SmokingStatus;
import eu.sinusnode.therapy.progress.TargetProgress;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.jspecify.annotations.Nullable;

/** A letter to the patient: what was kept and reached, what changes, when the next call is, and whom to ask. */
public final class PatientLetter {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final PrintedPlan printed;
    private final Reached reached;
    private final PrintLanguage language;
    private final PageFrame frame;
    private final QuantityWords words;

    public PatientLetter(PrintedPlan printed, Reached reached, PrintLanguage language) {
        this.printed = printed;
        this.reached = reached;
        this.language = language;
        this.frame = new PageFrame(printed, language);
        this.words = new QuantityWords(language);
    }

    /** HTML that is XML, too, without a document type. */
    public String page() {
        Html page = frame.begin(language.say("letter"));
        frame.whose(page);
        page.element("p", looked());
        kept(page);
        targets(page);
        changes(page);
        next(page);
        ask(page);
        frame.emergency(page);
        return frame.end(page);
    }

    private String looked() {
        return reached.from().isBefore(reached.to())
                ? language.say(
                        "letter.intro",
                        language.day(reached.from()),
                        language.day(reached.to().minusDays(1)))
                : language.say("letter.begins");
    }

    private void kept(Html page) {
        page.element("h2", language.say("kept"));
        if (reached.activities().isEmpty()) {
            page.element("p", language.say("kept.none"));
            return;
        }
        PageFrame.table(
                page,
                "kept",
                language.say("kept.caption"),
                Stream.of("kept.what", "kept.times", "kept.days")
                        .map(language::say)
                        .toList(),
                reached.activities().stream().map(this::kept).toList());
        page.element("p", language.say("kept.note"));
    }

    private List<String> kept(Reached.Activity activity) {
        String name = language.translated(activity.name());
        if (activity instanceof Reached.Activity.Counted counted
                && counted.kept().planned() > 0) {
            Kept kept = counted.kept();
            return List.of(
                    name,
                    language.say(
                            "kept." + counted.way(), kept.kept(), kept.planned(), percent(kept.kept(), kept.planned())),
                    language.say(
                            "kept.covered", kept.coveredDays(), kept.days(), percent(kept.coveredDays(), kept.days())));
        }
        String because =
                activity instanceof Reached.Activity.NotComputable unknown ? unknown.because() : "Nothing was due yet.";
        return List.of(name, language.say("not-computable", reason(because)), language.say("not-computable.short"));
    }

    private String reason(String because) {
        return language.translatedOr(because, "not-computable.other");
    }

    private static String percent(int some, int all) {
        return HUNDRED.multiply(BigDecimal.valueOf(some))
                .divide(BigDecimal.valueOf(all), 0, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private void targets(Html page) {
        page.element("h2", language.say("reached"));
        if (reached.targets().isEmpty()) {
            page.element("p", language.say("goals.none"));
            return;
        }
        PageFrame.table(
                page,
                "goals",
                language.say("reached.caption"),
                Stream.of("goal", "reached.value", "reached.state")
                        .map(language::say)
                        .toList(),
                reached.targets().stream().map(this::target).toList());
    }

    private List<String> target(Reached.Target target) {
        String name = words.name(target.goal());
        String measure = words.measure(target.measure());
        if (target.progress() instanceof TargetProgress.Judged judged) {
            return List.of(
                    name,
                    language.say(
                                    "basis." + judged.basis(),
                                    measure,
                                    words.amount(judged.shown(), words.unit(judged.unit())),
                                    judged.values())
                            + reported(judged),
                    language.say(judged.reached() ? "reached.yes" : "reached.no"));
        }
        if (target.progress() instanceof TargetProgress.Coded coded) {
            return List.of(
                    name,
                    language.say(
                            "basis.NEWEST",
                            measure,
                            language.find("smoking." + SmokingStatus.of(coded.value()))
                                    .orElseGet(() -> words.name(coded.value()))),
                    language.say(coded.reached() ? "reached.yes" : "reached.no"));
        }
        String because = ((TargetProgress.NotComputable) target.progress()).because();
        return List.of(name, language.say("basis.none", measure), language.say("not-computable", reason(because)));
    }

    private String reported(TargetProgress.Judged judged) {
        return judged.reported().signum() == 0
                ? ""
                : language.say("basis.reported", words.amount(judged.reportedShown(), words.unit(judged.unit())));
    }

    private void changes(Html page) {
        page.element("h2", language.say("changes"));
        List<String> changes = new ArrayList<>();
        for (ServiceRequest order : printed.orders()) {
            String name = words.name(order.getCode());
            if (order.getStatus() == ServiceRequestStatus.ACTIVE && isNew(order.getAuthoredOn())) {
                changes.add(language.say("changes.new", name));
            } else if (order.getStatus() == ServiceRequestStatus.REVOKED
                    || order.getStatus() == ServiceRequestStatus.COMPLETED) {
                changes.add(language.say("changes.ended", name));
            }
        }
        for (MedicationRequest prescription : printed.prescriptions()) {
            if (MedicineProposal.is(prescription)) {
                continue;
            }
            String name = MedicineTable.medicine(prescription, printed, words);
            if (prescription.getStatus() == MedicationRequestStatus.ACTIVE && isNew(prescription.getAuthoredOn())) {
                changes.add(language.say("changes.new", name));
            } else if (prescription.getStatus() == MedicationRequestStatus.STOPPED
                    || prescription.getStatus() == MedicationRequestStatus.COMPLETED) {
                changes.add(language.say("changes.ended", name));
            }
        }
        if (changes.isEmpty()) {
            page.element("p", language.say("changes.none"));
        } else {
            PageFrame.list(page, changes);
        }
        page.element("p", language.say("changes.care"));
    }

    /** Ordered after the plan was made, in the days that are looked at. */
    private boolean isNew(@Nullable Date ordered) {
        if (ordered == null || !printed.plan().hasCreated()) {
            return false;
        }
        LocalDate day = day(ordered);
        return day.isAfter(day(printed.plan().getCreated())) && !day.isBefore(reached.from());
    }

    private LocalDate day(Date date) {
        return date.toInstant().atZone(printed.zone()).toLocalDate();
    }

    private void next(Html page) {
        page.element("h2", language.say("next"));
        page.element(
                "p",
                printed.appointments().stream()
                        .filter(each -> each.getStatus() == AppointmentStatus.BOOKED && each.hasStart())
                        .filter(each -> each.getStart().toInstant().isAfter(printed.now()))
                        .min(Comparator.comparing(Appointment::getStart))
                        .map(each -> language.say(
                                "next.booked",
                                each.hasDescription()
                                        ? language.translated(each.getDescription())
                                        : language.say("call"),
                                language.moment(each.getStart().toInstant().atZone(printed.zone()))))
                        .orElseGet(() -> language.say("next.none")));
    }

    private void ask(Html page) {
        page.element("h2", language.say("ask"));
        PrintedPlan.Contacts contacts = printed.contacts();
        PageFrame.list(
                page,
                List.of(
                        language.say(
                                "ask.clinic", Objects.requireNonNullElse(contacts.clinic(), language.say("unknown"))),
                        language.say(
                                "ask.author", Objects.requireNonNullElse(contacts.author(), language.say("unknown"))),
                        language.say(
                                "ask.phone",
                                Objects.requireNonNullElse(contacts.phone(), language.say("phone.unknown")))));
    }
}
