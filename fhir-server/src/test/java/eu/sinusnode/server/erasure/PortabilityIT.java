package eu.sinusnode.server.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.server.export.ExportClient;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What {@code docs/rights.md} says of taking the record along (Art. 20 GDPR): with the four ways that it names a patient has
 * everything that the storage holds of the patient. What that is, is asked of the tables.
 */
class PortabilityIT extends RunningServer {

    private static final Pattern ID = Pattern.compile("\\{\"resourceType\":\"([A-Za-z]+)\",\"id\":\"([^\"]+)\"");
    private static final Pattern BINARY = Pattern.compile("Binary/([0-9a-f-]{36})");

    /** Every record that refers to the patient, the Provenances of those, and the patient's Binaries. */
    private static final String HELD = """
            WITH own AS (
                SELECT res_id FROM public.hfj_resource WHERE res_type = 'Patient' AND fhir_id = ?
            ), linked AS (
                SELECT res_id FROM own
                UNION SELECT l.src_resource_id FROM own o JOIN public.hfj_res_link l ON l.target_resource_id = o.res_id
            ), held AS (
                SELECT res_id FROM linked
                UNION SELECT p.src_resource_id FROM linked l JOIN public.hfj_res_link p
                    ON p.target_resource_id = l.res_id AND p.source_resource_type = 'Provenance'
            )
            SELECT r.res_type || '/' || r.fhir_id FROM held h JOIN public.hfj_resource r ON r.res_id = h.res_id
            WHERE r.res_deleted_at IS NULL
            """;

    @Test
    void aPatientTakesEverythingAlong() {
        ErasedPerson person = new ErasedPerson("portable-paula").stored();
        ExportClient client = new ExportClient(person.token());
        Set<String> held = new TreeSet<>(database.queryForList(HELD, String.class, person.id));
        assertThat(held).hasSizeGreaterThan(25);

        JsonNode manifest = client.manifest(client.started("/Patient/$export"));
        StringBuilder files = new StringBuilder();
        manifest.get("output")
                .forEach(file -> files.append(
                        get(file.get("url").asText(), person.token()).body()));

        Set<String> taken = new TreeSet<>();
        Matcher ids = ID.matcher(files);
        while (ids.find()) {
            taken.add(ids.group(1) + "/" + ids.group(2));
        }
        Set<String> binaries = new TreeSet<>();
        Matcher urls = BINARY.matcher(files);
        while (urls.find()) {
            binaries.add("Binary/" + urls.group(1));
        }
        taken.addAll(binaries);
        held.add("Binary/" + person.id("binary"));
        assertThat(taken).containsAll(held);
        assertThat(taken).contains("Provenance/" + person.id("provenance"), "Organization/" + Records.CLINIC);
        assertThat(binaries).contains("Binary/" + person.id("binary")).allSatisfy(binary -> {
            Answer series = get("/" + binary, person.token());
            assertThat(series.status()).as(binary).isEqualTo(200);
            assertThat(series.body()).isNotEmpty();
        });
        assertThat(get("/Condition/" + person.id("diagnosis") + "/_history", person.token())
                        .bundle()
                        .getEntry())
                .as("earlier versions")
                .hasSize(2);
        assertThat(get("/Patient/" + person.id + "/$access-log", person.token()).body())
                .contains("Herzpraxis am Markt");
        // Two ways to the same record.
        Set<String> pages = new TreeSet<>();
        String next = "/Patient/" + person.id + "/$everything";
        while (next != null) {
            var page = get(next, person.token()).bundle();
            page.getEntry()
                    .forEach(entry -> pages.add(entry.getResource().fhirType() + "/"
                            + entry.getResource().getIdElement().getIdPart()));
            next = page.getLink("next") == null ? null : page.getLink("next").getUrl();
        }
        held.removeAll(binaries);
        assertThat(pages).containsAll(held);
    }
}
