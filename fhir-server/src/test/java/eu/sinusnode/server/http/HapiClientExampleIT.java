package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;

/** What docs/api.md shows of HAPI's client is what runs here. */
class HapiClientExampleIT extends RunningServer {

    private static final Path PAGE = Path.of("..", "docs", "api.md");
    private static final Path THIS = Path.of("src/test/java/eu/sinusnode/server/http/HapiClientExampleIT.java");

    @Test
    void findsTheNewestHeartRate() {
        load(Records.household("hapi-client"));
        String patient = Records.id("hapi-client");
        String token = TOKENS.patient(patient);
        Observation measured = Records.heartRate(patient, Records.id("hapi-client-cuff"), "hapi-client-1");
        assertThat(post("/Observation", token, measured).status()).isEqualTo(201);

        Bundle newest = newest(BASE, token, patient);

        assertThat(newest.getEntry()).hasSize(1);
        assertThat(newest.getEntryFirstRep().getResource()).isInstanceOf(Observation.class);
    }

    private static Bundle newest(String base, String token, String patientId) {
        // begin of the example
        FhirContext context = FhirContext.forR4Cached();
        IGenericClient client = context.newRestfulGenericClient(base);
        client.registerInterceptor(new BearerTokenAuthInterceptor(token));

        Bundle newest = client.search()
                .forResource(Observation.class)
                .where(Observation.PATIENT.hasId(patientId))
                .and(Observation.CODE.exactly().systemAndCode("http://loinc.org", "8867-4"))
                .sort(new SortSpec("date", SortOrderEnum.DESC))
                .count(1)
                .returnBundle(Bundle.class)
                .execute();
        // end of the example
        return newest;
    }

    @Test
    void thePageShowsThis() throws IOException {
        String source = Files.readString(THIS);
        String example = source.substring(
                        source.indexOf("// begin of the example") + "// begin of the example".length(),
                        source.indexOf("// end of the example"))
                .lines()
                .map(line -> line.startsWith("        ") ? line.substring(8) : line)
                .collect(Collectors.joining("\n"))
                .strip();

        assertThat(Files.readString(PAGE)).contains("```java\n" + example + "\n```");
    }
}
