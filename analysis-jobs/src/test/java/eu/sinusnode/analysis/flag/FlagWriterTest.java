package eu.sinusnode.analysis.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.analysis.model.RhythmModel;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.analysis.risk.AtrialFibrillationModel;
import eu.sinusnode.analysis.risk.HomeBloodPressureRule;
import eu.sinusnode.analysis.risk.HomeReadings;
import eu.sinusnode.analysis.risk.PatientFeatures;
import eu.sinusnode.analysis.risk.PatientRangeScoring;
import eu.sinusnode.analysis.risk.PatientScores;
import eu.sinusnode.analysis.risk.Recordings;
import eu.sinusnode.profiles.Codes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FlagWriterTest {

    private static final Instant AS_OF = Instant.parse("2026-11-20T12:00:00Z");

    private final PatientRangeScoring models = new PatientRangeScoring(
            List.of(new AtrialFibrillationModel(RhythmModel.shipped()), new HomeBloodPressureRule()));
    private final FakeFlagStore store = new FakeFlagStore();
    private Instant now = AS_OF;
    private @Nullable Instant readAt;
    private Set<String> unflagged = Set.of();

    @Test
    void aRaisedFlagComesWithProvenanceAndASignOffTask() {
        FlagChanges changes = run(hypertensive());

        assertThat(changes).isEqualTo(new FlagChanges(1, 0, 0, 0, 1, 0, 0, 0));
        Observation flag = flag(Codes.HOME_BLOOD_PRESSURE_CATEGORY);
        assertThat(flag.getStatus()).isEqualTo(ObservationStatus.PRELIMINARY);
        assertThat(flag.getIdentifierFirstRep().getValue()).isEqualTo("home-blood-pressure-category|p");
        assertThat(flag.getNote()).last().satisfies(note -> assertThat(note.getText())
                .contains("A clinician decides"));
        String id = flag.getIdElement().toUnqualifiedVersionless().getValue();
        Provenance provenance = store.all(Provenance.class).get(0);
        assertThat(provenance.getTargetFirstRep().getReference()).isEqualTo(id);
        assertThat(provenance.getEntity().get(0).getWhat().getReference()).matches("Observation/bp-\\d+/_history/1");
        assertThat(provenance.getEntity()).last().satisfies(entity -> assertThat(
                        entity.getWhat().getIdentifier().getValue())
                .hasSize(64));
        assertThat(store.all(Task.class)).singleElement().satisfies(task -> {
            assertThat(task.getStatus()).isEqualTo(Task.TaskStatus.REQUESTED);
            assertThat(task.getFocus().getReference()).isEqualTo(id);
        });
        assertThat(store.transactions()).singleElement().satisfies(bundle -> assertThat(bundle.getEntry())
                .hasSize(4)
                .allSatisfy(entry -> assertThat(entry.getRequest().getMethod()).isEqualTo(HTTPVerb.POST)));
    }

    private static PatientReadings[] three() {
        return new PatientReadings[] {
            HomeReadings.daily(5, 140, 90).of("p"),
            HomeReadings.daily(5, 141, 91).of("q"),
            HomeReadings.daily(1, 142, 92).of("r")
        };
    }

    @Test
    void thePatientsOfARangeAreWrittenTogether() {
        FlagChanges changes = run(three());

        assertThat(changes).isEqualTo(new FlagChanges(2, 0, 0, 0, 4, 0, 0, 0));
        assertThat(store.transactions())
                .as("those with a flag, and those with a summary alone")
                .hasSize(2)
                .anySatisfy(bundle -> assertThat(bundle.getEntry()).hasSize(8))
                .anySatisfy(bundle -> assertThat(bundle.getEntry()).hasSize(1));
        assertThat(store.all(Observation.class)).hasSize(5);
    }

    @Test
    void twoJobsThatFoundNothingAtTheSameMomentWriteEachFlagOnce() {
        store.meanwhile(() -> assertThat(run(three()).raised()).isEqualTo(2));

        FlagChanges second = run(three());

        assertThat(second.raised()).isZero();
        assertThat(second.unchanged()).isEqualTo(2);
        assertThat(second.failed()).isZero();
        assertThat(store.all(Observation.class)).hasSize(5);
        assertThat(store.all(Task.class)).hasSize(2);
        assertThat(store.all(Provenance.class)).hasSize(2);
    }

    @Test
    void whomASearchForManyLeavesOutIsAskedForAlone() {
        run(three());
        int written = store.transactions().size();
        store.leaveOut("q");

        assertThat(run(three()).unchanged()).isEqualTo(2);
        assertThat(store.transactions()).hasSize(written);
    }

    @Test
    void whenTheyAreNotTakenTogetherEachIsWrittenAlone() {
        store.refuseThoseOf("q");

        FlagChanges changes = run(three());

        assertThat(changes.raised()).isEqualTo(1);
        assertThat(changes.failed()).isEqualTo(1);
        assertThat(store.all(Observation.class))
                .extracting(flag -> flag.getSubject().getReference())
                .containsOnly("Patient/p", "Patient/r");
    }

    @Test
    void whenItIsNotKnownWhetherTheyWereStoredNothingIsWrittenTwice() {
        store.loseAnswers(1);

        FlagChanges changes = run(three());

        assertThat(changes.unchanged()).isEqualTo(2);
        assertThat(store.transactions()).hasSize(2);
        assertThat(store.all(Observation.class)).hasSize(5);
        assertThat(store.all(Task.class)).hasSize(2);
    }

    @Test
    void ofWhomThereWasNoFlagNoneIsAskedForUntilAWriteFails() {
        run(hypertensive());
        unflagged = Set.of("p");
        store.failBeforeStoring(1);

        FlagChanges changes = run(hypertensive());

        assertThat(changes.unchanged()).as("read before it is written again").isEqualTo(1);
        assertThat(store.all(Task.class)).hasSize(1);
    }

    @Test
    void theSecondRunWritesNothing() {
        run(hypertensive(), irregular());
        int written = store.transactions().size();

        now = now.plus(Duration.ofDays(2));
        FlagChanges changes = run(hypertensive(), irregular());

        assertThat(changes.unchanged()).isEqualTo(2);
        assertThat(changes.raised() + changes.changed() + changes.withdrawn()).isZero();
        assertThat(store.transactions()).hasSize(written);
    }

    @Test
    void aNewReadingMakesANewVersionAndNoSecondTask() {
        run(hypertensive());

        FlagChanges changes = run(HomeReadings.daily(6, 141, 91).of("p"));

        assertThat(changes.changed()).isEqualTo(1);
        assertThat(flag(Codes.HOME_BLOOD_PRESSURE_CATEGORY).getIdElement().getVersionIdPart())
                .isEqualTo("2");
        assertThat(store.all(Task.class)).hasSize(1);
        assertThat(store.all(Provenance.class)).hasSize(2).last().satisfies(provenance -> assertThat(
                        provenance.getTargetFirstRep().getReference())
                .endsWith("/_history/2"));
    }

    @Test
    void aCorrectedReadingOfTheSameValueIsAChangeOfTheInputs() {
        run(hypertensive());
        HomeReadings corrected = HomeReadings.cuff().version("2");
        for (int day = 1; day <= 5; day++) {
            corrected.add("2026-11-%02dT08:00:00+01:00".formatted(day), 140, 90);
        }

        assertThat(run(corrected.of("p")).changed()).isEqualTo(1);
    }

    @Test
    void aFlagThatIsNoLongerMetIsCancelledWithItsTaskAndComesBackWhenItIsMetAgain() {
        run(hypertensive());

        FlagChanges withdrawn = run(HomeReadings.daily(5, 118, 68).of("p"));

        assertThat(withdrawn.withdrawn()).isEqualTo(1);
        assertThat(flag(Codes.HOME_BLOOD_PRESSURE_CATEGORY).getStatus()).isEqualTo(ObservationStatus.CANCELLED);
        assertThat(flag(Codes.HOME_BLOOD_PRESSURE_CATEGORY).getNote())
                .last()
                .satisfies(note ->
                        assertThat(note.getText()).contains("No longer met").contains("118.0/68.0"));
        assertThat(store.all(Task.class)).extracting(Task::getStatus).containsExactly(Task.TaskStatus.CANCELLED);
        assertThat(run(HomeReadings.daily(5, 118, 68).of("p")).withdrawn()).isZero();

        FlagChanges again = run(hypertensive());

        assertThat(again.raised()).isEqualTo(1);
        assertThat(flag(Codes.HOME_BLOOD_PRESSURE_CATEGORY).getStatus()).isEqualTo(ObservationStatus.PRELIMINARY);
        assertThat(store.all(Task.class))
                .extracting(Task::getStatus)
                .containsExactly(Task.TaskStatus.CANCELLED, Task.TaskStatus.REQUESTED);
    }

    @Test
    void whatAClinicianSignedStaysAndOnlyAnotherCategoryRaisesANewFlag() {
        run(hypertensive());
        Observation signed = flag(Codes.HOME_BLOOD_PRESSURE_CATEGORY);
        signed.setStatus(ObservationStatus.FINAL);
        store.replace(signed);

        FlagChanges same = run(HomeReadings.daily(9, 150, 95).of("p"));
        assertThat(same.unchanged()).isEqualTo(1);
        assertThat(flag(Codes.HOME_BLOOD_PRESSURE_CATEGORY).getStatus()).isEqualTo(ObservationStatus.FINAL);

        FlagChanges worse = run(HomeReadings.daily(9, 185, 95).of("p"));
        assertThat(worse.raised()).isEqualTo(1);
        assertThat(flags(Codes.HOME_BLOOD_PRESSURE_CATEGORY))
                .extracting(Observation::getStatus)
                .containsExactly(ObservationStatus.FINAL, ObservationStatus.PRELIMINARY);

        FlagChanges better = run(HomeReadings.daily(9, 118, 68).of("p"));
        assertThat(better.withdrawn()).isEqualTo(1);
        assertThat(flags(Codes.HOME_BLOOD_PRESSURE_CATEGORY))
                .extracting(Observation::getStatus)
                .containsExactly(ObservationStatus.FINAL, ObservationStatus.CANCELLED);
    }

    @Test
    void whatCannotBeComputedIsOneSummaryAndLeavesAnOpenFlagAsItIs() {
        run(hypertensive());

        FlagChanges changes = run(HomeReadings.cuff().of("p"));

        assertThat(changes.notComputable()).isEqualTo(2);
        assertThat(flag(Codes.HOME_BLOOD_PRESSURE_CATEGORY).getStatus()).isEqualTo(ObservationStatus.PRELIMINARY);
        Observation summary = flag(Codes.NOT_COMPUTABLE_SUMMARY);
        assertThat(summary.getIdElement().getVersionIdPart()).isEqualTo("2");
        assertThat(summary.hasValue()).isFalse();
        assertThat(summary.getComponent()).hasSize(2).allSatisfy(component -> assertThat(
                        component.getDataAbsentReason().getText())
                .isNotBlank());
    }

    @Test
    void aSummaryGoesWhenEverythingCanBeComputed() {
        run(HomeReadings.cuff().of("p"));
        assertThat(flag(Codes.NOT_COMPUTABLE_SUMMARY).getStatus()).isEqualTo(ObservationStatus.PRELIMINARY);

        run(complete());

        assertThat(flag(Codes.NOT_COMPUTABLE_SUMMARY).getStatus()).isEqualTo(ObservationStatus.CANCELLED);
        int written = store.transactions().size();
        run(complete());
        assertThat(store.transactions()).hasSize(written);
    }

    @Test
    void aSummaryThatAClinicianHasSeenIsNotWrittenOver() {
        run(HomeReadings.cuff().of("p"));
        Observation seen = flag(Codes.NOT_COMPUTABLE_SUMMARY);
        store.replace(seen.setStatus(ObservationStatus.FINAL));

        run(HomeReadings.cuff().of("p"));
        assertThat(flag(Codes.NOT_COMPUTABLE_SUMMARY).getStatus()).isEqualTo(ObservationStatus.FINAL);

        run(HomeReadings.daily(2, 140, 90).of("p"));
        assertThat(flags(Codes.NOT_COMPUTABLE_SUMMARY))
                .extracting(Observation::getStatus)
                .containsExactly(ObservationStatus.FINAL, ObservationStatus.PRELIMINARY);
    }

    @Test
    void aLostAnswerWritesNothingTwice() {
        store.loseAnswers(1);

        FlagChanges changes = run(hypertensive());

        assertThat(changes.unchanged()).isEqualTo(1);
        assertThat(flags(Codes.HOME_BLOOD_PRESSURE_CATEGORY)).hasSize(1);
        assertThat(store.all(Task.class)).hasSize(1);
    }

    @Test
    void aBusyServerIsAskedAgainAndNotForEver() {
        store.failBeforeStoring(2);
        assertThat(run(hypertensive()).raised()).isEqualTo(1);

        store.failBeforeStoring(100);
        assertThatThrownBy(() -> run(irregular())).isInstanceOf(TransientFailure.class);
    }

    @Test
    void withheldDataIsNamedInTheFlagAndCounted() {
        FlagChanges changes = run(
                HomeReadings.daily(5, 140, 90).withheld("rr-interval-series").of("p"));

        assertThat(changes.withheld()).isEqualTo(1);
        assertThat(flag(Codes.HOME_BLOOD_PRESSURE_CATEGORY).getNote())
                .anySatisfy(
                        note -> assertThat(note.getText()).contains("Withheld").contains("rr-interval-series"));
    }

    @Test
    void aRunWritesTheSameTransactionWhereverItRuns() {
        run(hypertensive());
        Bundle first = store.transactions().get(0);
        FakeFlagStore other = new FakeFlagStore();
        write(other, hypertensive());

        assertThat(other.transactions().get(0).equalsDeep(first)).isTrue();
    }

    /** Of two jobs, the one that has read first would write what it does not know of over what the other wrote. */
    @Test
    void whatAnotherRunHasWrittenSinceTheReadingIsNotWrittenOver() {
        readAt = now;
        now = now.plusSeconds(2);
        run(hypertensive());
        int written = store.transactions().size();

        assertThatThrownBy(() -> run(HomeReadings.daily(5, 118, 68).of("p"))).isInstanceOf(Overtaken.class);
        assertThat(store.transactions()).hasSize(written);

        readAt = now;
        assertThat(run(HomeReadings.daily(5, 118, 68).of("p")).withdrawn()).isEqualTo(1);
        assertThat(flag(Codes.HOME_BLOOD_PRESSURE_CATEGORY).getStatus()).isEqualTo(ObservationStatus.CANCELLED);
        readAt = now.minusSeconds(1);
        assertThatThrownBy(() -> run(hypertensive()))
                .as("also what was taken back since")
                .isInstanceOf(Overtaken.class);
    }

    @Test
    void whoIsOvertakenWhileItWritesIsToldSo() {
        readAt = now;
        store.meanwhile(() -> {
            now = now.plusSeconds(2);
            readAt = now;
            run(hypertensive());
            readAt = now.minusSeconds(2);
        });

        assertThatThrownBy(() -> run(HomeReadings.daily(5, 150, 95).of("p"))).isInstanceOf(Overtaken.class);

        assertThat(store.all(Task.class)).hasSize(1);
    }

    private FlagChanges run(PatientReadings... patients) {
        return write(store, patients);
    }

    private FlagChanges write(FakeFlagStore target, PatientReadings... patients) {
        List<PatientFeatures> features = models.features(List.of(patients), AS_OF);
        List<PatientScores> scores = models.score(features);
        Retry retry = new Retry(3, Duration.ofMillis(1), duration -> {});
        return new FlagWriter(target, retry, Clock.fixed(now, ZoneOffset.UTC))
                .write(scores, unflagged, readAt == null ? now : readAt);
    }

    private static PatientReadings hypertensive() {
        return HomeReadings.daily(5, 140, 90).of("p");
    }

    private static PatientReadings irregular() {
        return new Recordings()
                .add("2026-11-10T08:00:00+01:00", Recordings.irregular(360))
                .of("q");
    }

    private static PatientReadings complete() {
        PatientReadings rhythm = new Recordings()
                .add("2026-11-10T08:00:00+01:00", Recordings.regular(360))
                .of("p");
        return HomeReadings.daily(5, 118, 68).of("p").withSeries(rhythm.series(), List.of());
    }

    private Observation flag(String code) {
        assertThat(flags(code)).hasSize(1);
        return flags(code).get(0);
    }

    private List<Observation> flags(String code) {
        return store.flagsOf("p").stream()
                .filter(flag -> flag.getCode().getCodingFirstRep().getCode().equals(code))
                .toList();
    }
}
