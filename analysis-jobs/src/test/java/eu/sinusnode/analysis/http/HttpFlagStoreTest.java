package eu.sinusnode.analysis.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.analysis.flag.FlagStore;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpFlagStoreTest {

    private FakeServer server;
    private FlagStore store;

    @BeforeEach
    void startServer() throws IOException {
        server = new FakeServer();
        store = new HttpFlagStore(server.fhir(FakeServer.fixedToken()));
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private static Bundle flags(String... patients) {
        Bundle bundle = new Bundle();
        for (String patient : patients) {
            Observation flag = new Observation().setSubject(new Reference("Patient/" + patient));
            flag.setId("Observation/flag-of-" + patient + "/_history/1");
            bundle.addEntry().setResource(flag);
        }
        return bundle;
    }

    private static String json(Bundle bundle) {
        return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(bundle);
    }

    @Test
    void flagsOfManyAreFoundByTheirCodesAndByPatient() {
        server.answer("/fhir/Observation", 200, json(flags("p", "q", "p")));

        assertThat(store.flagsOfMany(List.of("p", "q", "r")))
                .hasEntrySatisfying("p", flags -> assertThat(flags).hasSize(2))
                .hasEntrySatisfying("q", flags -> assertThat(flags).hasSize(1))
                .doesNotContainKey("r");
        assertThat(server.requests("/fhir/Observation")).singleElement().satisfies(request -> assertThat(
                        request.query())
                .startsWith("patient=p,q,r&code=https://sinusnode.eu/fhir/CodeSystem/observation-code|")
                .contains("|not-computable-summary"));
    }

    @Test
    void whatDoesNotFitOnAPageIsNotTakenForWhole() {
        Bundle page = flags("p", "q");
        page.addLink().setRelation("next").setUrl(server.uri("/fhir?page=2").toString());
        server.answer("/fhir/Observation", 200, json(page));

        assertThat(store.flagsOfMany(List.of("p", "q"))).isEmpty();
    }

    @Test
    void nobodyIsNotAskedFor() {
        assertThat(store.flagsOfMany(List.of())).isEmpty();
        assertThat(server.requests("/fhir/Observation")).isEmpty();
    }

    @Test
    void veryManyAreAskedForInParts() {
        server.answer("/fhir/Observation", 200, json(flags()));

        store.flagsOfMany(IntStream.range(0, 60).mapToObj(i -> "p" + i).toList());

        assertThat(server.requests("/fhir/Observation")).hasSize(3);
    }
}
