package eu.sinusnode.analysis.replay;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import eu.sinusnode.analysis.facts.AdherenceFigure;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.flag.FakeFlagStore;
import eu.sinusnode.analysis.flag.FlagWriter;
import eu.sinusnode.analysis.manifest.ScoringCode;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.analysis.replay.ReplayOutcome.Kind;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.risk.PatientRangeScoring;
import eu.sinusnode.analysis.risk.RiskModel;
import eu.sinusnode.analysis.risk.RiskModels;
import eu.sinusnode.profiles.Codes;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/** Flags as they are written, serialised and read back, computed again from the versions that they name. */
class ReplayTest {

    private static final Instant AS_OF = Instant.parse("2026-11-20T12:00:00Z");
    private static final int FLAGS = 1_000;

    private final List<RiskModel> models = RiskModels.all();
    private final Replay replay = new Replay(models);

    private record Written(PatientReadings record, Observation flag, List<Provenance> provenances) {}

    @Test
    void aThousandRandomFlagsReplayIdentically() {
        Map<String, Integer> byRisk = new TreeMap<>();
        int flags = 0;
        for (long seed = 0; flags < FLAGS; seed++) {
            PatientReadings record = RandomRecords.of(seed, AS_OF);
            for (Written written : written(record)) {
                FakeInputs inputs = FakeInputs.of(record);

                assertThat(replay.of(written.flag(), written.provenances(), inputs))
                        .as("seed %d, %s", seed, code(written.flag()))
                        .satisfies(outcome -> assertThat(outcome.kind())
                                .as("%s", outcome.details())
                                .isEqualTo(Kind.IDENTICAL));
                byRisk.merge(code(written.flag()), 1, Integer::sum);
                flags++;
            }
        }
        assertThat(byRisk)
                .hasSize(models.size())
                .allSatisfy((risk, count) -> assertThat(count).as(risk).isGreaterThan(20));
    }

    @Test
    void aFlagThatWasSignedOrHasNewReadingsBesideItReplaysAsItWas() {
        Written written = written(Codes.HOME_BLOOD_PRESSURE_CATEGORY);
        written.flag().setStatus(ObservationStatus.FINAL);
        written.flag().addNote().setText("Accepted.");
        FakeInputs inputs = FakeInputs.of(written.record());
        VitalReading first = written.record().vitals().get(0);
        inputs.put(new VitalReading(
                first.observation(),
                "9",
                first.code(),
                first.effective(),
                999,
                first.unit(),
                "corrected",
                first.device(),
                first.setting()));

        assertThat(replay.of(written.flag(), written.provenances(), inputs).kind())
                .isEqualTo(Kind.IDENTICAL);
    }

    @Test
    void everyInputThatIsGoneIsNamedAndNothingIsSaidOfTheNumber() {
        for (String risk : List.of(
                Codes.HOME_BLOOD_PRESSURE_CATEGORY,
                Codes.SUSPECTED_ATRIAL_FIBRILLATION,
                Codes.RESTING_HEART_RATE_OUT_OF_RANGE)) {
            Written written = written(risk);
            FakeInputs all = FakeInputs.of(written.record());
            replay.of(written.flag(), written.provenances(), all);
            for (String version : all.asked()) {
                FakeInputs inputs = FakeInputs.of(written.record());
                inputs.erase(version);

                ReplayOutcome outcome = replay.of(written.flag(), written.provenances(), inputs);

                assertThat(outcome.kind()).isEqualTo(Kind.NOT_REPLAYABLE);
                assertThat(outcome.details()).containsExactly(version + " is erased, withheld or not there.");
            }
        }
    }

    @Test
    void anInputThatSaysSomethingElseIsNamed() {
        Written written = written(Codes.HOME_BLOOD_PRESSURE_CATEGORY);
        FakeInputs all = FakeInputs.of(written.record());
        replay.of(written.flag(), written.provenances(), all);
        VitalReading was = written.record().vitals().stream()
                .filter(reading -> all.asked().contains(reading.reference()))
                .findFirst()
                .orElseThrow();
        String version = was.reference();
        FakeInputs inputs = FakeInputs.of(written.record());
        inputs.replace(version, was.measured(Math.nextUp(was.value()), was.unit()));

        ReplayOutcome outcome = replay.of(written.flag(), written.provenances(), inputs);

        assertThat(outcome.kind()).isEqualTo(Kind.DIFFERING);
        assertThat(outcome.details()).containsExactly(version + " does not say what the flag was computed from.");
    }

    /** The prescription that it is of is an input, too; figures of other drugs and of orders are none. */
    @Test
    void aFlagThatTellsOfAdherenceNamesItInItsVersion() {
        Written written = withAdherence();
        PatientFacts facts = written.record().facts();
        AdherenceFigure told =
                facts.covered(DrugClass.ANTIHYPERTENSIVES).iterator().next();
        FakeInputs all = FakeInputs.of(written.record());
        assertThat(replay.of(written.flag(), written.provenances(), all).kind()).isEqualTo(Kind.IDENTICAL);
        assertThat(all.asked())
                .contains(told.reference())
                .containsAll(facts.drugs().references(DrugClass.BETA_BLOCKER))
                .doesNotContainAnyElementsOf(facts.adherence().stream()
                        .filter(figure -> !figure.equals(told))
                        .map(AdherenceFigure::reference)
                        .toList());

        FakeInputs gone = FakeInputs.of(written.record());
        gone.erase(told.reference());
        assertThat(replay.of(written.flag(), written.provenances(), gone).details())
                .containsExactly(told.reference() + " is erased, withheld or not there.");

        AdherenceFigure other = new AdherenceFigure(
                told.code(), told.of(), told.madeOf(), told.from(), told.to(), 12.3456, told.reference());
        FakeInputs changed = FakeInputs.of(written.record().withFacts(facts.withAdherence(List.of(other))));
        assertThat(replay.of(written.flag(), written.provenances(), changed).details())
                .containsExactly(told.reference() + " does not say what the flag was computed from.");
    }

    private Written withAdherence() {
        for (long seed = 0; ; seed++) {
            for (Written written : written(RandomRecords.of(seed, AS_OF))) {
                if (code(written.flag()).equals(Codes.HOME_BLOOD_PRESSURE_CATEGORY)
                        && written.flag().getNoteFirstRep().getText().contains("Days covered")) {
                    return written;
                }
            }
        }
    }

    @Test
    void aNumberThatWasChangedInTheFlagIsNamedWithoutItsValue() {
        Written written = written(Codes.HOME_BLOOD_PRESSURE_CATEGORY);
        Quantity changed = written.flag().getComponent().stream()
                .filter(one -> one.hasValueQuantity() && one.getCode().getText().contains("systolic"))
                .findFirst()
                .orElseThrow()
                .getValueQuantity();
        changed.setValue(changed.getValue().add(BigDecimal.ONE));

        ReplayOutcome outcome = replay.of(written.flag(), written.provenances(), FakeInputs.of(written.record()));

        assertThat(outcome.kind()).isEqualTo(Kind.DIFFERING);
        assertThat(outcome.details()).singleElement().satisfies(detail -> assertThat(detail)
                .contains("systolic")
                .doesNotContain(changed.getValue().toPlainString()));
    }

    @Test
    void aManifestThatWasChangedIsNotComputedFrom() {
        Written written = written(Codes.HOME_BLOOD_PRESSURE_CATEGORY);
        written.provenances().forEach(provenance -> provenance.getEntity().stream()
                .filter(entity -> entity.hasExtension())
                .forEach(entity -> {
                    byte[] bytes =
                            ((Base64BinaryType) entity.getExtensionFirstRep().getValue()).getValue();
                    bytes[bytes.length / 2] ^= 1;
                    entity.getExtensionFirstRep().setValue(new Base64BinaryType(bytes));
                }));

        assertThat(replay.of(written.flag(), written.provenances(), FakeInputs.of(written.record())))
                .isEqualTo(
                        new ReplayOutcome(Kind.DIFFERING, List.of("The manifest is not the one that the flag names.")));
    }

    @Test
    void anotherProgramAnotherModelAndNoManifestAreNotReplayable() {
        Written written = written(Codes.HOME_BLOOD_PRESSURE_CATEGORY);
        FakeInputs inputs = FakeInputs.of(written.record());
        Observation old = written.flag().copy();
        old.getComponent().removeIf(one -> "SHA-256 of the replay manifest"
                .equals(one.getCode().getText()));

        assertThat(new Replay(models, "0".repeat(64)).of(written.flag(), written.provenances(), inputs))
                .satisfies(outcome -> notReplayable(outcome, "release that wrote it"));
        assertThat(new Replay(List.of(), ScoringCode.sha256()).of(written.flag(), written.provenances(), inputs))
                .satisfies(outcome -> notReplayable(outcome, "does not hold the model"));
        assertThat(replay.of(old, written.provenances(), inputs))
                .satisfies(outcome -> notReplayable(outcome, "names no replay manifest"));
        assertThat(replay.of(written.flag(), List.of(), inputs))
                .satisfies(outcome -> notReplayable(outcome, "No Provenance"));
    }

    private static void notReplayable(ReplayOutcome outcome, String because) {
        assertThat(outcome.kind()).isEqualTo(Kind.NOT_REPLAYABLE);
        assertThat(outcome.details()).singleElement().satisfies(detail -> assertThat(detail)
                .contains(because));
    }

    /** The first flag of that risk. */
    private Written written(String risk) {
        for (long seed = 0; ; seed++) {
            for (Written written : written(RandomRecords.of(seed, AS_OF))) {
                if (code(written.flag()).equals(risk)) {
                    return written;
                }
            }
        }
    }

    private List<Written> written(PatientReadings record) {
        FakeFlagStore store = new FakeFlagStore();
        PatientRangeScoring scoring = new PatientRangeScoring(models);
        Retry retry = new Retry(1, Duration.ofMillis(1), duration -> {});
        new FlagWriter(store, retry, Clock.fixed(AS_OF.plusSeconds(60), ZoneOffset.UTC))
                .write(scoring.score(scoring.features(List.of(record), AS_OF)), Set.of(), Instant.MAX);
        List<Provenance> provenances = store.all(Provenance.class).stream()
                .map(ReplayTest::sentAndRead)
                .toList();
        return store.all(Observation.class).stream()
                .filter(flag -> !code(flag).equals(Codes.NOT_COMPUTABLE_SUMMARY))
                .map(flag -> new Written(record, sentAndRead(flag), provenances))
                .toList();
    }

    private static String code(Observation flag) {
        return flag.getCode().getCodingFirstRep().getCode();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Resource> T sentAndRead(T resource) {
        IParser parser = FhirContext.forR4Cached().newJsonParser();
        parser.setStripVersionsFromReferences(false);
        return (T) parser.parseResource(resource.getClass(), parser.encodeResourceToString(resource));
    }
}
