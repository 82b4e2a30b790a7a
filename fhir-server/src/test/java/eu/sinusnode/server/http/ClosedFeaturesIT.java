package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import java.net.http.HttpRequest.BodyPublishers;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Period;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What would answer questions about records that a caller may not read is closed, whichever way it is asked. */
class ClosedFeaturesIT extends RunningServer {

    private static boolean loaded;

    @BeforeAll
    static void anew() {
        loaded = false;
    }

    @BeforeEach
    void world() {
        if (!loaded) {
            WalkWorld.load();
            loaded = true;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patient:identifier=x",
                "patient:missing=true",
                "patient:not=x",
                "patient.name:text=x",
                "subject:Group.name=x",
                "_has:Observation:patient:code=x",
                "_include=*",
                "_include=Observation:performer",
                "_include:iterate=*",
                "_include:recurse=Observation:subject",
                "_revinclude=*",
                "_filter=status eq final",
                "_text:contains=x",
                "_content:exact=x",
                "_list=x",
                "value-quantity:missing=true",
                "combo-code-value-quantity:not=8867-4$gt60",
                "value-string=x",
                "sinusnode-value=gt60",
                "_total=some",
                "_summary=some",
                "_elements=family",
                "_elements=code,",
                "_elements:exclude=code",
                "_elements=code&_summary=true",
                "_elements=code&_summary=count",
                "_summary=text&_summary=data",
                "_summary=text&_include=Observation:patient",
                "_contained=true",
                "code:text=x",
                "code:in=x",
                "status:above=x",
                "category:of-type=x",
                "_sort=value-quantity",
                "_sort=patient.family",
                "_security:missing=true",
                "_sort=_security",
                "_tag=x",
                "_profile=x",
                "_source=x"
            })
    void searchFeatureIsClosedInUrlAndForm(String parameter) {
        String encoded = parameter.replace(" ", "%20").replace("$", "%24");
        for (CallerKind kind : new CallerKind[] {CallerKind.PATIENT, CallerKind.CLINICIAN, CallerKind.INSURER}) {
            String named = "patient=" + WalkWorld.PATIENT + "&" + encoded;
            assertThat(get("/Observation?" + named, WalkWorld.token(kind)).codes())
                    .containsExactly("SN-SEARCH-001");
            Answer form = send(request("/Observation/_search", WalkWorld.token(kind))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(named)));
            assertThat(form.codes()).containsExactly("SN-SEARCH-001");
        }
    }

    @ParameterizedTest
    @EnumSource(CallerKind.class)
    void everythingBesideTheStatedInteractionsIsClosed(CallerKind kind) {
        String token = WalkWorld.token(kind);
        String record = "/Observation/" + WalkWorld.VITAL;
        for (String path : new String[] {
            "/_history",
            record + "/$meta-add",
            "/Observation/$meta",
            "/$meta",
            "/Patient/$everything",
            "/CareTeam/" + WalkWorld.PATIENT + "/$everything",
            "/$graphql?query=%7BPatientList%7Bid%7D%7D",
            record + "/$graphql?query=%7Bid%7D",
            "/Patient/" + WalkWorld.PATIENT + "/Observation",
            "/Observation?_query=x&patient=" + WalkWorld.PATIENT,
            "/SearchParameter",
            "/Subscription/_history",
            "/?_getpages=x&_include=*"
        }) {
            assertThat(get(path, token).status()).as(path).isBetween(400, 499);
        }
    }

    @Test
    void readsInsideATransactionAreClosed() {
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        bundle.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("Observation/" + WalkWorld.VITAL);
        assertThat(post("", WalkWorld.token(CallerKind.CLINICIAN), bundle).codes())
                .containsExactly("SN-BUNDLE-001");
    }

    @Test
    void pageOfAnotherCallersSearchHasExpired() {
        RunningServer.load(Records.transaction(
                Records.heartRate(WalkWorld.PATIENT, WalkWorld.CUFF, "walk-2"),
                Records.heartRate(WalkWorld.PATIENT, WalkWorld.CUFF, "walk-3")));
        String own = TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("azp", "one-app")
                .claim("organization", Records.CLINIC)
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER));
        Answer first = get("/Observation?patient=" + WalkWorld.PATIENT + "&_count=1", own);
        String next = first.bundle().getLink("next").getUrl();

        assertThat(get(next, own).status()).isEqualTo(200);
        for (String other : new String[] {
            TOKENS.clinician(Records.CLINIC),
            TOKENS.clinician(WalkWorld.GATEWAY),
            WalkWorld.token(CallerKind.INSURER),
            WalkWorld.token(CallerKind.PATIENT)
        }) {
            Answer answer = get(next, other);
            assertThat(answer.status()).isEqualTo(410);
            assertThat(answer.body())
                    .isEqualTo(get(next.replaceFirst("_getpages=[^&]+", "_getpages=" + Records.id("none")), other)
                            .body());
        }
    }

    @Test
    void groupIsTheOwnOrganizationsMembersWhoPermit() {
        String leaver = Records.id("walk-leaver");
        RunningServer.load(Records.transaction(
                Records.patient(leaver),
                WalkWorld.consent(Records.id("walk-leaver-consent"), leaver),
                WalkWorld.coverage(
                        Records.id("walk-leaver-coverage"),
                        leaver,
                        Records.INSURER,
                        new Period()
                                .setStartElement(new DateTimeType("2020-01-01"))
                                .setEndElement(new DateTimeType("2026-01-31")))));
        String insurer = WalkWorld.token(CallerKind.INSURER);
        Group group = (Group) get("/Group/" + Records.INSURER, insurer).resource();

        assertThat(group.getMember())
                .extracting(member -> member.getEntity().getReference())
                .contains("Patient/" + WalkWorld.PATIENT)
                .doesNotContain("Patient/" + leaver);
        assertThat(group.getQuantity()).isEqualTo(group.getMember().size());
        assertThat(get("/Group?managing-entity=Organization/" + Records.INSURER, insurer)
                        .bundle()
                        .getEntry())
                .hasSize(1);
        assertThat(get("/Group/" + Records.CLINIC, insurer).status()).isEqualTo(404);
        assertThat(get("/Group?managing-entity=Organization/" + Records.CLINIC, insurer)
                        .bundle()
                        .getEntry())
                .isEmpty();
        assertThat(get("/Patient/" + leaver, insurer).status()).isEqualTo(404);
    }
}
