package eu.sinusnode.analysis.flag;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.quality.Vitals;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.risk.HomeReadings;
import eu.sinusnode.analysis.risk.PatientRangeScoring;
import eu.sinusnode.analysis.risk.Recordings;
import eu.sinusnode.analysis.risk.RiskModels;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.ProfileValidator;
import eu.sinusnode.profiles.ValidationIssue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/** Everything that the job writes passes the profiles that the server imposes. */
class FlagProfileTest {

    private static final Instant AS_OF = Instant.parse("2026-11-20T12:00:00Z");
    private static final String PATIENT = "0b9f3c1e-5d6a-5c3b-9f0e-1a2b3c4d5e6f";

    private final ProfileValidator validator = new ProfileValidator(FhirContext.forR4Cached());
    private final FakeFlagStore store = new FakeFlagStore();

    @Test
    void raisedChangedCancelledAndNotComputable() {
        write(HomeReadings.daily(5, 185, 112).of(PATIENT));
        write(HomeReadings.daily(6, 140, 90)
                .device("cuffless")
                .add("2026-11-06T09:00:00+01:00", 150, 95)
                .withheld("8867-4")
                .of(PATIENT));
        write(HomeReadings.daily(6, 110, 65).of(PATIENT));
        write(new Recordings()
                .add("2026-11-10T08:00:00+01:00", Recordings.irregular(360))
                .of(PATIENT));

        write(everyVitalRule());
        write(new Vitals().of(PATIENT));

        List<Resource> written = store.transactions().stream()
                .flatMap(bundle -> bundle.getEntry().stream())
                .map(entry -> entry.getResource())
                .toList();

        assertThat(written.stream().filter(Observation.class::isInstance).map(flag -> ((Observation) flag)
                        .getCode()
                        .getCodingFirstRep()
                        .getCode()))
                .contains(
                        Codes.SEVERE_VITAL_VALUE,
                        Codes.HEART_FAILURE_WEIGHT_GAIN,
                        Codes.RESTING_HEART_RATE_OUT_OF_RANGE,
                        Codes.LOW_OXYGEN_SATURATION);
        assertThat(written).hasSizeGreaterThan(9).allSatisfy(resource -> assertThat(
                        validator.validate(resource).stream()
                                .filter(ValidationIssue::isError)
                                .toList())
                .as(resource.fhirType())
                .isEmpty());
    }

    /** Readings that each rule on vital readings flags. */
    private static PatientReadings everyVitalRule() {
        Vitals vitals = new Vitals().device("cuff");
        for (int day = 13; day <= 20; day++) {
            String morning = "2026-11-%02dT07:00:00+01:00".formatted(day);
            vitals.add(Measurement.BODY_WEIGHT, morning, 60 + day * 1.5)
                    .add(Measurement.RESTING_HEART_RATE, morning, 44)
                    .add(Measurement.OXYGEN_SATURATION, morning, 86)
                    .pressure(morning, 190, 115);
        }
        return vitals.of(PATIENT);
    }

    private void write(PatientReadings readings) {
        PatientRangeScoring models = new PatientRangeScoring(RiskModels.all());
        Retry retry = new Retry(1, Duration.ofMillis(1), duration -> {});
        new FlagWriter(store, retry, Clock.fixed(AS_OF, ZoneOffset.UTC))
                .write(models.score(models.features(List.of(readings), AS_OF)), Set.of(), Instant.MAX);
    }
}
