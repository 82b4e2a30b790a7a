package eu.sinusnode.policy.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.DenialCode;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchFormTest {

    private static final String BASE = "https://fhir.example.org/fhir";
    private final BatchForm form = new BatchForm(AccessMatrix.standard(), BASE);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiterString = " > ",
            value = {
                "Patient/1 > Patient/1 > -",
                "Observation?patient=1&code=http://loinc.org|8867-4 > Observation > patient=1&code=http://loinc.org|8867-4",
                "Observation/1/_history/2 > Observation/1/_history/2 > -",
                "Patient/1/$access-log?count=3 > Patient/1/$access-log > count=3",
                "https://fhir.example.org/fhir/Patient/1 > Patient/1 > -",
                "Patient/ > Patient > -",
                "metadata > metadata > -",
                "Patient?_format=xml&name=a&_pretty=true > Patient > name=a",
                "Patient?_format=xml > Patient > -",
                "Patient?_total=accurate > Patient > _total=accurate",
                "Patient? > Patient > -"
            })
    void anEntryIsARequestBelowTheBase(String url, String path, String query) {
        assertThat(form.read(entry(HTTPVerb.GET, url), "Bundle.entry[0]"))
                .isEqualTo(new BatchForm.Reading.Request(new BatchEntry("GET", path, query, Map.of(), null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "?_getpages=1",
                "/Patient/1",
                "//elsewhere.example.org/Patient",
                "https://elsewhere.example.org/fhir/Patient/1",
                "https://fhir.example.org/fhirPatient/1",
                "https://fhir.example.org/fhir/",
                "https://fhir.example.org/fhir",
                "http://fhir.example.org/fhir/Patient/1",
                "file:///etc/passwd",
                "..",
                "../launch",
                "Patient/../../launch",
                "Patient/./1",
                "Patient/%2e%2e/launch",
                "Patient//1",
                "Patient/1#part",
                "Patient/1 HTTP/1.1",
                "Patient?name=a\r\nAuthorization: Bearer x",
                "Patient\\1",
                "Patient;jsessionid=1/1",
                "a/b/c/d/e/f/g"
            })
    void everyOtherUrlIsRefused(String url) {
        assertThat(code(form.read(entry(HTTPVerb.GET, url), "Bundle.entry[3]"))).isEqualTo(DenialCode.BUNDLE);
        assertThat(code(form.read(entry(HTTPVerb.POST, url), "Bundle.entry[3]")))
                .isEqualTo(DenialCode.BUNDLE);
    }

    @Test
    void anEntryWithoutMethodOrUrlIsRefused() {
        BundleEntryComponent noMethod = new BundleEntryComponent();
        noMethod.getRequest().setUrl("Patient/1");
        BundleEntryComponent noUrl = new BundleEntryComponent();
        noUrl.getRequest().setMethod(HTTPVerb.POST);
        assertThat(code(form.read(noMethod, "Bundle.entry[0]"))).isEqualTo(DenialCode.BUNDLE);
        assertThat(code(form.read(noUrl, "Bundle.entry[0]"))).isEqualTo(DenialCode.BUNDLE);
        assertThat(code(form.read(new BundleEntryComponent(), "Bundle.entry[0]")))
                .isEqualTo(DenialCode.BUNDLE);
    }

    @ParameterizedTest
    @EnumSource(
            value = HTTPVerb.class,
            names = {"HEAD", "NULL"})
    void methodsWithoutAnAnswerInABundleAreRefused(HTTPVerb verb) {
        assertThat(code(form.read(entry(verb, "Patient/1"), "Bundle.entry[0]"))).isEqualTo(DenialCode.BUNDLE);
    }

    @Test
    void whatAnswersWithAStreamIsCalledByItself() {
        assertThat(code(form.read(entry(HTTPVerb.GET, "$vital-readings?patients=1"), "Bundle.entry[0]")))
                .isEqualTo(DenialCode.BUNDLE);
    }

    @Test
    void aBodyMustFitTheMethod() {
        assertThat(code(form.read(
                        entry(HTTPVerb.GET, "Observation").setResource(new Observation()), "Bundle.entry[0]")))
                .isEqualTo(DenialCode.BUNDLE);
        assertThat(code(form.read(
                        entry(HTTPVerb.DELETE, "Observation/1").setResource(new Observation()), "Bundle.entry[0]")))
                .isEqualTo(DenialCode.BUNDLE);
        assertThat(code(form.read(entry(HTTPVerb.PUT, "Observation/1"), "Bundle.entry[0]")))
                .isEqualTo(DenialCode.BUNDLE);
        assertThat(code(form.read(entry(HTTPVerb.PATCH, "Observation/1"), "Bundle.entry[0]")))
                .isEqualTo(DenialCode.BUNDLE);
        assertThat(form.read(entry(HTTPVerb.POST, "Observation/_search?code=x"), "Bundle.entry[0]"))
                .isInstanceOf(BatchForm.Reading.Request.class);
    }

    @Test
    void conditionsBecomeHeaders() {
        BundleEntryComponent entry = entry(HTTPVerb.PUT, "Observation/1").setResource(new Observation());
        entry.getRequest()
                .setIfMatch("W/\"3\"")
                .setIfNoneMatch("*")
                .setIfNoneExist("identifier=a|b")
                .setIfModifiedSince(Date.from(Instant.parse("2026-03-01T08:00:00.900Z")));
        assertThat(((BatchForm.Reading.Request) form.read(entry, "Bundle.entry[0]"))
                        .entry()
                        .headers())
                .containsOnly(
                        Map.entry("If-Match", "W/\"3\""),
                        Map.entry("If-None-Match", "*"),
                        Map.entry("If-None-Exist", "identifier=a|b"),
                        Map.entry("If-Modified-Since", "Sun, 01 Mar 2026 08:00:00 GMT"));
    }

    @Test
    void aConditionWithALineBreakIsRefused() {
        BundleEntryComponent entry = entry(HTTPVerb.GET, "Observation/1");
        entry.getRequest().setIfNoneMatch("W/\"1\"\r\nAuthorization: Bearer x");
        assertThat(code(form.read(entry, "Bundle.entry[0]"))).isEqualTo(DenialCode.BUNDLE);
    }

    @Test
    void theReasonNamesTheEntryAndRepeatsNothingOfTheUrl() {
        BatchForm.Reading reading = form.read(entry(HTTPVerb.GET, "https://elsewhere/Anna"), "Bundle.entry[7]");
        assertThat(((BatchForm.Reading.Refused) reading).deny().reason())
                .startsWith("Bundle.entry[7].request.url")
                .doesNotContain("Anna");
    }

    private static BundleEntryComponent entry(HTTPVerb method, String url) {
        BundleEntryComponent entry = new BundleEntryComponent();
        entry.getRequest().setMethod(method).setUrl(url);
        return entry;
    }

    private static DenialCode code(BatchForm.Reading reading) {
        return ((BatchForm.Reading.Refused) reading).deny().code();
    }
}
