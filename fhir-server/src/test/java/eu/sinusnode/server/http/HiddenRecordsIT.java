package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a caller may not know of answers like what does not exist. */
class HiddenRecordsIT extends RunningServer {

    @Test
    void anotherPatientsRecordAnswersLikeAnUnknownId() {
        load(Records.household("greta"));
        load(Records.household("hanna"));
        String greta = TOKENS.patient(Records.id("greta"));
        String hidden = Records.id("hanna");
        String unknown = Records.id("never stored");

        Answer ofHidden = get("/Patient/" + hidden, greta);
        Answer ofUnknown = get("/Patient/" + unknown, greta);

        assertThat(ofHidden.status()).isEqualTo(404);
        assertThat(ofHidden.body().replace(hidden, "ID"))
                .isEqualTo(ofUnknown.body().replace(unknown, "ID"));
        assertThat(ofUnknown.status()).isEqualTo(404);
        assertThat(get("/Patient/" + hidden, TOKENS.patient(hidden)).status()).isEqualTo(200);
    }

    @Test
    void aPutOnAHiddenRecordAnswersLikeOneOnAnUnknownId() {
        load(Records.household("ida"));
        load(Records.household("jana"));
        String ida = TOKENS.clinician(Records.id("another clinic"));
        String hidden = Records.id("jana-team");
        String unknown = Records.id("no team");

        Answer ofHidden = get("/CareTeam/" + hidden, ida);
        Answer ofUnknown = get("/CareTeam/" + unknown, ida);

        assertThat(ofHidden.status()).isEqualTo(ofUnknown.status());
        assertThat(ofHidden.body().replace(hidden, "ID"))
                .isEqualTo(ofUnknown.body().replace(unknown, "ID"));
    }

    @Test
    void aForeignClientIsToldWhyAndGetsNothing() {
        load(Records.household("klara"));

        Answer answer = get("/Patient/" + Records.id("klara"), TOKENS.foreignInsurer());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.codes()).containsExactly("SN-RESIDENCY-001");
        assertThat(answer.body()).doesNotContain("Brandt");
    }
}
