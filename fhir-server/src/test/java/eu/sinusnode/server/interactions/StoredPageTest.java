package eu.sinusnode.server.interactions;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.http.Variety;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HAPI's encoder is the oracle. */
class StoredPageTest {

    private static final StoredForm FORM = new StoredForm();

    private final Map<Resource, String> texts = new IdentityHashMap<>();

    @Test
    void thePageIsTheOneOfTheEncoder() {
        Bundle page = page();
        Bundle counted = page();
        counted.setTotal(2_000_000);
        counted.addLink().setRelation("next").setUrl(StoredForm.BASE + "/Observation?_sort=-date&_page=\"ä\"");

        for (Bundle each : List.of(page, counted)) {
            assertThat(answer(each)).contains(FORM.encoder().encodeResourceToString(each));
        }
    }

    static Stream<Consumer<Bundle>> whatIsTheEncoders() {
        return Stream.of(
                // A record that was put in another's place: nothing is known of how it is stored.
                page -> page.getEntryFirstRep()
                        .setResource(page.getEntryFirstRep().getResource().copy()),
                page -> page.addEntry()
                        .setFullUrl("urn:uuid:1")
                        .setResource(new OperationOutcome())
                        .getSearch()
                        .setMode(SearchEntryMode.OUTCOME),
                page -> page.getEntryFirstRep().setFullUrl(null),
                page -> page.getEntryFirstRep().setFullUrl("https://example.eu/\"Observation\""),
                page -> page.getEntryFirstRep().getSearch().setMode(null),
                page -> page.getEntryFirstRep().getSearch().setScore(0.5),
                page -> page.getEntryFirstRep().addExtension("https://example.eu/extension", new StringType("new")),
                page -> page.getEntryFirstRep().addLink().setRelation("self").setUrl("https://example.eu"),
                page -> page.getEntryFirstRep().getResponse().setStatus("200"),
                page -> page.setType(BundleType.HISTORY),
                page -> page.setMeta(null),
                page -> page.getEntry().clear());
    }

    @ParameterizedTest
    @MethodSource
    void whatIsTheEncoders(Consumer<Bundle> change) {
        Bundle page = page();
        change.accept(page);

        assertThat(answer(page)).isEmpty();
    }

    private Optional<String> answer(Bundle page) {
        return StoredPage.answer(page, FORM.encoder(), record -> Optional.ofNullable(texts.get(record))
                .flatMap(text -> StoredText.answer(text, record, StoredForm.BASE)));
    }

    private Bundle page() {
        Bundle page = new Bundle();
        page.setId("9c1c7b9a-3f3e-4f3b-9a53-0d9f5b3d4f11");
        page.getMeta().setLastUpdated(new Date(1_764_000_000_456L));
        page.setType(BundleType.SEARCHSET);
        page.addLink().setRelation("self").setUrl(StoredForm.BASE + "/Observation?code=a%7Cb&_sort=-date");
        for (Observation record : Variety.of("page-anna")) {
            String text = FORM.stored(record);
            Resource decoded = FORM.decoded(text, record);
            texts.put(decoded, text);
            BundleEntryComponent entry = page.addEntry();
            entry.setFullUrl(StoredForm.BASE + "/Observation/"
                            + decoded.getIdElement().getIdPart())
                    .setResource(decoded)
                    .getSearch()
                    .setMode(SearchEntryMode.MATCH);
        }
        return page;
    }
}
