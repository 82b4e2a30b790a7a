package eu.sinusnode.sampledata;

import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.DailyLife;
import eu.sinusnode.sampledata.fhir.RhythmResources;
import eu.sinusnode.sampledata.fhir.VitalResources;
import eu.sinusnode.sampledata.rhythm.Recording;
import eu.sinusnode.sampledata.signal.FeverCourse;
import eu.sinusnode.sampledata.signal.FluidCourse;
import eu.sinusnode.sampledata.signal.PatientSignals;
import eu.sinusnode.sampledata.signal.PressureCourse;
import eu.sinusnode.sampledata.signal.Reading;
import eu.sinusnode.sampledata.signal.RhythmCourse;
import eu.sinusnode.sampledata.signal.Timeline;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What is true of a patient, one line a fact, for judging an analysis. Never sent to a server. Columns are
 * {@link #HEADER}; times are UTC; {@code reference} names the resource that a fact is about.
 */
final class TruthLabels {

    static final String HEADER = "number,patient,topic,value,reference,from,to,note\n";

    private final SyntheticPatient patient;
    private final StringBuilder lines = new StringBuilder();
    private int count;

    private TruthLabels(SyntheticPatient patient) {
        this.patient = patient;
    }

    static TruthLabels of(SyntheticPatient patient) {
        TruthLabels labels = new TruthLabels(patient);
        labels.person();
        labels.pressure();
        labels.rhythm();
        labels.fluid();
        labels.fever();
        labels.trainings();
        labels.faults();
        return labels;
    }

    /** The patient's lines, each ended. */
    String lines() {
        return lines.toString();
    }

    int count() {
        return count;
    }

    private void person() {
        ClinicalPicture picture = patient.subject().picture();
        line("consent", picture.consent().name().toLowerCase(Locale.ROOT).replace('_', '-'), "", "", "", "");
        line("adherence", picture.adherence().name().toLowerCase(Locale.ROOT), "", "", "", "");
    }

    private void pressure() {
        PressureCourse course = patient.signals().pressure();
        Timeline timeline = patient.subject().timeline();
        String means = String.format(
                Locale.ROOT, "true mean %.1f/%.1f mmHg", course.meanOfLastWeek(true), course.meanOfLastWeek(false));
        int from = Math.max(0, timeline.days() - 7);
        line(
                "home-blood-pressure-category",
                course.category(),
                "",
                instant(timeline.midnight(from)),
                instant(timeline.end()),
                means + (patient.subject().picture().cuffless() ? "; cuffless" : ""));
        if (course.treatmentDay() >= 0) {
            line("treatment", "stepped-up", "", instant(timeline.midnight(course.treatmentDay())), "", "");
        }
    }

    private void rhythm() {
        PatientSignals signals = patient.signals();
        line("rhythm", signals.rhythm().rhythm().label(), "", "", "", "");
        for (RhythmCourse.Episode episode : signals.rhythm().episodes()) {
            line("episode", "atrial-fibrillation", "", instant(episode.from()), instant(episode.to()), "");
        }
        for (Recording recording : patient.recordings()) {
            line(
                    "recording",
                    recording.trueRhythm(),
                    "Observation/" + RhythmResources.id(patient.subject(), recording),
                    instant(recording.second()),
                    instant(recording.second() + Recording.SECONDS),
                    String.format(
                            Locale.ROOT,
                            "fibrillating share %.2f; early beats %d",
                            recording.series().fibrillatingShare(),
                            recording.series().ectopicBeats()));
        }
    }

    private void fluid() {
        FluidCourse fluid = patient.signals().fluid();
        if (!fluid.happens()) {
            return;
        }
        Timeline timeline = patient.subject().timeline();
        boolean pending = fluid.admissionDay() >= timeline.days();
        line(
                "decompensation",
                pending ? "imminent" : "admitted",
                "",
                pending ? instant(timeline.end()) : instant(timeline.midnight(fluid.admissionDay())),
                "",
                String.format(
                        Locale.ROOT, "%.1f kg of water; %d days in hospital", fluid.gain(), fluid.hospitalDays()));
    }

    private void fever() {
        FeverCourse fever = patient.signals().fever();
        Timeline timeline = patient.subject().timeline();
        if (fever.happens() && !patient.subject().life().equals(DailyLife.UNKNOWN)) {
            line(
                    "fever",
                    "cold",
                    "",
                    instant(timeline.midnight(fever.day())),
                    instant(timeline.midnight(fever.day() + fever.days())),
                    String.format(Locale.ROOT, "%.1f degrees above usual at first", fever.peak()));
        }
    }

    /** Heart rates of a training and of the minutes after it are fast for a good reason. */
    private void trainings() {
        VitalResources resources = new VitalResources(patient.subject());
        Set<String> named = new HashSet<>();
        for (Reading reading : patient.signals().deliveries()) {
            String id = reading.kind() == Reading.Kind.TRAINING ? resources.id(reading) : "";
            if (!id.isEmpty() && named.add(id)) {
                line(
                        "training",
                        patient.subject().life().sport().name().toLowerCase(Locale.ROOT),
                        "Observation/" + id,
                        instant(reading.second()),
                        instant(reading.end()),
                        "");
            }
        }
    }

    private void faults() {
        VitalResources resources = new VitalResources(patient.subject());
        Set<String> named = new HashSet<>();
        for (Reading reading : patient.signals().deliveries()) {
            if (reading.isFaulty()) {
                String id = resources.id(reading);
                if (named.add(id)) {
                    line("fault", reading.fault(), "Observation/" + id, instant(reading.second()), "", "");
                }
            }
        }
    }

    private void line(String topic, String value, String reference, String from, String to, String note) {
        count++;
        lines.append(patient.subject().person().number()).append(',');
        lines.append(patient.subject().id()).append(',');
        lines.append(topic)
                .append(',')
                .append(value)
                .append(',')
                .append(reference)
                .append(',');
        lines.append(from).append(',').append(to).append(',').append(note).append('\n');
    }

    private static String instant(long second) {
        return Instant.ofEpochSecond(second).toString();
    }
}
