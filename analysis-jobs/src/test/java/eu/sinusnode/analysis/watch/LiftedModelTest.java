package eu.sinusnode.analysis.watch;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.Facts;
import eu.sinusnode.analysis.flag.FakeFlagStore;
import eu.sinusnode.analysis.flag.FlagChanges;
import eu.sinusnode.analysis.flag.FlagWriter;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.quality.Vitals;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.risk.DecompensationModel;
import eu.sinusnode.analysis.risk.PatientRangeScoring;
import eu.sinusnode.analysis.risk.PressureDeteriorationModel;
import eu.sinusnode.analysis.risk.RiskModel;
import eu.sinusnode.analysis.risk.RiskModels;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.ProfileValidator;
import eu.sinusnode.profiles.ValidationIssue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model of simulated patients, from its shadow to what is written of a patient once a person has lifted it. */
class LiftedModelTest {

    private static final Instant AS_OF = Instant.parse("2026-11-20T12:00:00Z");
    private static final LocalDate LAST = LocalDate.of(2026, 11, 20);
    private static final String PATIENT = "0b9f3c1e-5d6a-5c3b-9f0e-1a2b3c4d5e6f";

    private final FakeFlagStore store = new FakeFlagStore();

    @TempDir
    private Path directory;

    /** Water before an admission, and pressure that rises under the limit. */
    private static PatientReadings worsening() {
        Vitals vitals = new Vitals().device(Codes.CUFF).setting(Codes.HOME);
        for (int ago = 27; ago >= 0; ago--) {
            String morning = LAST.minusDays(ago) + "T07:00:00+01:00";
            vitals.add(Measurement.BODY_WEIGHT, morning, ago < 3 ? 81.8 : 80)
                    .add(Measurement.RESTING_HEART_RATE, morning, ago < 3 ? 78 : 70)
                    .pressure(LAST.minusDays(ago) + "T08:00:00+01:00", Math.rint(136 - 0.7 * ago), 76);
        }
        return vitals.of(
                PATIENT,
                new Facts()
                        .diagnoses(Diagnosis.HEART_FAILURE, Diagnosis.HYPERTENSION)
                        .build());
    }

    private FlagChanges run(List<RiskModel> models) {
        PatientRangeScoring scoring = new PatientRangeScoring(models);
        return new FlagWriter(
                        store, new Retry(1, Duration.ofMillis(1), pause -> {}), Clock.fixed(AS_OF, ZoneOffset.UTC))
                .write(scoring.score(scoring.features(List.of(worsening()), AS_OF)), Set.of(), Instant.MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {DecompensationModel.ID, PressureDeteriorationModel.ID})
    void onceLiftedItsFlagIsWrittenWithProvenanceTaskAndSentencesThatSayWhatItIs(String id) throws IOException {
        List<RiskModel> models = RiskModels.all().stream()
                .filter(model -> model.identity().id().equals(id))
                .toList();
        String label = models.get(0).identity().label();
        WatchFile file = new WatchFile(directory);

        FlagChanges hidden = run(file.load().applied(models));
        assertThat(hidden.inShadow()).isEqualTo(1);
        assertThat(store.all(Resource.class)).isEmpty();

        file.save(file.load()
                .naming(models, AS_OF.toString())
                .lifted(new Lift(
                        label, AS_OF.toString(), "Dr. Anke Vogel", "medical lead", "AUC 0.81 on our 400 admissions.")));
        FlagChanges shown = run(file.load().applied(models));

        assertThat(shown.raised()).isEqualTo(1);
        Observation flag = store.all(Observation.class).stream()
                .filter(one -> one.getStatus() == ObservationStatus.PRELIMINARY)
                .findFirst()
                .orElseThrow();
        assertThat(flag.getCode().getCodingFirstRep().getCode())
                .isEqualTo(models.get(0).identity().risk());
        assertThat(flag.getMethod().getText()).isEqualTo(label);
        assertThat(sentence(flag, Codes.SENTENCE_FOR_CLINICIAN)).satisfies(words -> {
            assertThat(words.getValue()).contains("simulated patients alone");
            assertThat(german(words)).contains("nur an simulierten Patienten");
        });
        assertThat(sentence(flag, Codes.SENTENCE_FOR_PATIENT)).satisfies(words -> {
            assertThat(words.getValue()).contains("simulated people alone");
            assertThat(german(words)).contains("nur mit simulierten Menschen");
        });
        String reference = flag.getIdElement().getIdPart();
        assertThat(store.all(Provenance.class)).singleElement().satisfies(provenance -> {
            assertThat(provenance.getTargetFirstRep().getReference()).contains(reference);
            assertThat(provenance.getEntity()).hasSizeGreaterThan(2);
        });
        assertThat(store.all(Task.class)).singleElement().satisfies(task -> {
            assertThat(task.getFocus().getReference()).contains(reference);
            assertThat(task.getCode().getCodingFirstRep().getCode()).isEqualTo(Codes.SIGN_OFF);
        });
        ProfileValidator validator = new ProfileValidator(FhirContext.forR4Cached());
        assertThat(store.all(Resource.class)).isNotEmpty().allSatisfy(resource -> assertThat(
                        validator.validate(resource).stream()
                                .filter(ValidationIssue::isError)
                                .toList())
                .as(resource.fhirType())
                .isEmpty());
        assertThat(run(file.load().applied(models)).unchanged()).isEqualTo(1);
    }

    private static StringType sentence(Observation flag, String code) {
        return flag.getComponent().stream()
                .filter(component -> component.getCode().getCoding().stream()
                        .anyMatch(coding -> Canonicals.OBSERVATION_CODES.equals(coding.getSystem())
                                && code.equals(coding.getCode())))
                .map(component -> (StringType) component.getValue())
                .findFirst()
                .orElseThrow();
    }

    private static String german(StringType words) {
        return words.getExtension().get(0).getExtension().stream()
                .filter(part -> part.getUrl().equals("content"))
                .map(part -> part.getValue().primitiveValue())
                .findFirst()
                .orElseThrow();
    }
}
