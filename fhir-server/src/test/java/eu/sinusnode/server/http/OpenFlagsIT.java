package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Codes;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two jobs that do not know of each other: a flag of one patient and risk is open once. */
class OpenFlagsIT extends RunningServer {

    @BeforeEach
    void job() {
        load(Records.transaction(Summaries.job()));
    }

    @Test
    void ofTwoJobsThatWriteTheSameFlagsAtOnceOneIsRefused() throws Exception {
        for (int round = 0; round < 5; round++) {
            String anna = Ward.open("open-anna-" + round);
            String bert = Ward.open("open-bert-" + round);

            // In another order, so that each has what the other one waits for.
            List<Answer> answers = AtOnce.answers(
                    2,
                    job -> post(
                            "",
                            TOKENS.job(),
                            job == 0
                                    ? Records.transaction(Summaries.of(anna), Summaries.of(bert))
                                    : Records.transaction(Summaries.of(bert), Summaries.of(anna))));

            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409);
            assertThat(found(anna)).hasSize(1);
            assertThat(found(bert)).hasSize(1);
        }
    }

    @Test
    void whatIsRefusedIsRefusedWhole() {
        String open = Ward.open("open-clara");
        String other = Ward.open("open-dora");
        assertThat(write(Summaries.of(open)).status()).isEqualTo(200);

        Answer refused = write(Summaries.of(other), Summaries.of(open));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).doesNotContain(open).doesNotContain(other);
        assertThat(found(open)).hasSize(1);
        assertThat(found(other)).isEmpty();
    }

    @Test
    void aFlagIsOpenAgainOnceTheOneBeforeIsClosedOrDeleted() {
        String patient = Ward.open("open-emil");
        Answer first = write(Summaries.of(patient));
        Observation stored = (Observation) get(path(first), TOKENS.job()).resource();

        assertThat(put(path(first), TOKENS.job(), stored.copy().setIssued(new Date()))
                        .status())
                .as("a new version of the open one")
                .isEqualTo(200);
        assertThat(write(Summaries.of(patient)).status()).isEqualTo(409);

        Observation cancelled = (Observation) get(path(first), TOKENS.job()).resource();
        assertThat(put(path(first), TOKENS.job(), cancelled.setStatus(ObservationStatus.CANCELLED))
                        .status())
                .isEqualTo(200);
        Answer second = write(Summaries.of(patient));
        assertThat(second.status()).as(second.body()).isEqualTo(200);

        assertThat(Ward.delete(path(second), TOKENS.loader()).status()).isBetween(200, 204);
        assertThat(write(Summaries.of(patient)).status()).isEqualTo(200);
    }

    private static Answer write(Observation... flags) {
        return post("", TOKENS.job(), Records.transaction(flags));
    }

    private static String path(Answer answer) {
        return "/"
                + new IdType(answer.bundle().getEntryFirstRep().getResponse().getLocation())
                        .toUnqualifiedVersionless()
                        .getValue();
    }

    private static List<Bundle.BundleEntryComponent> found(String patient) {
        return get(
                        "/Observation?patient=" + patient + "&code=" + Codes.NOT_COMPUTABLE_SUMMARY,
                        TOKENS.clinician(Records.CLINIC))
                .bundle()
                .getEntry();
    }
}
