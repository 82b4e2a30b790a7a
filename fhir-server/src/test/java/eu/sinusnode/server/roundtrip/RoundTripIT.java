package eu.sinusnode.server.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every example of an open type is stored and read back as it was sent, or stands on the page of what is refused, with the
 * reason. HL7's own examples come with Maven, those of other publishers from the directory that {@code sinusnode.shared}
 * names.
 */
class RoundTripIT extends RunningServer {

    private static final int LONGEST = 160;
    private static final Path DOCS = Path.of("..", "docs");
    private static final List<String> PACKAGES = List.of(
            "de.basisprofil.r4-1.4.0.tgz",
            "de.gematik.isik-basismodul-3.1.1.tgz",
            "de.gematik.isik-medikation-3.1.1.tgz",
            "de.gematik.isik-terminplanung-3.1.1.tgz",
            "de.gematik.isik-vitalparameter-3.1.1.tgz",
            "hl7.fhir.uv.ipa-1.0.0.tgz",
            "hl7.fhir.uv.ips-1.0.0.tgz",
            "ihe.iti.balp-1.1.1.tgz",
            "kbv.basis-1.2.0.tgz");

    /** One of each type that has a record of a patient; for {@code AuditEvent} and {@code Group} nobody writes. */
    private static @Nullable StandIns standIns;

    @Test
    void whatHl7WroteComesBackOrIsListed() throws IOException {
        assertThatEachComesBackOrIsListed(Example.ofR4().toList(), RoundTripPage.OF_R4);
    }

    /** A risk flag is raised by the job, and not loaded. */
    @Test
    void whatWeWroteComesBack() throws IOException {
        List<RoundTrip> trips = trips(Example.ofThisProject().toList());
        assertThat(trips).flatExtracting(RoundTrip::differences).isEmpty();
        assertThat(trips.stream().filter(RoundTrip::isRefused))
                .extracting(trip -> trip.example().name() + ": " + trip.codes())
                .containsExactly("risk-flag: [SN-CONTENT-001]");
    }

    @Test
    void whatOtherPublishersWroteComesBackOrIsListed() throws IOException {
        Path shared = Path.of(System.getProperty("sinusnode.shared", "shared"), "packages");
        assumeTrue(
                PACKAGES.stream().allMatch(file -> Files.exists(shared.resolve(file))),
                () -> "NOT CHECKED with the packages of others: " + PACKAGES + " are not all in " + shared
                        + " (set -Dsinusnode.shared)");
        assertThatEachComesBackOrIsListed(
                PACKAGES.stream()
                        .flatMap(file -> Example.of(shared.resolve(file)))
                        .toList(),
                RoundTripPage.OF_PACKAGES);
    }

    private void assertThatEachComesBackOrIsListed(List<Example> examples, String part) throws IOException {
        List<RoundTrip> trips = trips(examples);
        assertThat(trips).flatExtracting(RoundTrip::differences).isEmpty();
        new RoundTripPage(DOCS.resolve("round-trip.md")).compare(part, examples, trips);
    }

    private List<RoundTrip> trips(List<Example> examples) {
        if (standIns == null) {
            standIns = StandIns.load();
        }
        List<RoundTrip> trips = new ArrayList<>();
        for (Example example : examples) {
            if (isWritten(example.type())) {
                trips.add(trip(example, Objects.requireNonNull(standIns).sent(example)));
            }
        }
        return trips;
    }

    static boolean isWritten(String type) {
        return AccessMatrix.standard().allows(CallerKind.ADMINISTRATOR, type, Interaction.CREATE);
    }

    private static RoundTrip trip(Example example, ObjectNode sent) {
        Answer stored = post("/" + example.type(), TOKENS.loader(), sent.toString());
        assertThat(stored.status()).as(example.name() + " " + stored.body()).isLessThan(500);
        if (stored.status() != 201) {
            return new RoundTrip(example, Set.copyOf(stored.codes()), why(stored), List.of());
        }
        String id = stored.resource().getIdElement().getIdPart();
        // Without it a Binary comes as the bytes that it holds.
        Answer read = send(request("/" + example.type() + "/" + id, reader(example.type(), id))
                .header("Accept", "application/fhir+json")
                .GET());
        assertThat(read.status()).as(example.name() + " " + read.body()).isEqualTo(200);
        assertThatTheEncoderWouldWriteTheSame(example, id, read);
        if (read.resource() instanceof Consent consent) {
            // What it denies would hide the examples that come after it.
            load(Records.transaction(consent.setStatus(ConsentState.INACTIVE)));
        }
        return new RoundTrip(example, Set.of(), "", RoundTrip.differences(sent, json(read.body())));
    }

    /** Asked for a form, the record is encoded anew; else its answer is made of the text that is stored. */
    private static void assertThatTheEncoderWouldWriteTheSame(Example example, String id, Answer read) {
        Answer encoded = send(request("/" + example.type() + "/" + id + "?_pretty=false", reader(example.type(), id))
                .header("Accept", "application/fhir+json")
                .GET());
        assertThat(encoded.body()).as(example.name()).isEqualTo(read.body());
        for (String header : List.of("Content-Type", "Content-Location", "ETag", "Last-Modified")) {
            assertThat(encoded.header(header)).as(example.name() + " " + header).isEqualTo(read.header(header));
        }
    }

    /** A clinician sees what is not signed yet; what clinicians do not read, the patient does. */
    private static String reader(String type, String id) {
        return type.equals("Patient") || !AccessMatrix.standard().allows(CallerKind.CLINICIAN, type, Interaction.READ)
                ? TOKENS.patient(type.equals("Patient") ? id : StandIns.PATIENT)
                : TOKENS.clinician(Records.CLINIC);
    }

    private static ObjectNode json(String body) {
        try {
            return (ObjectNode) Example.JSON.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException("The answer is no JSON.", e);
        }
    }

    private static String why(Answer refused) {
        Set<String> reasons = new LinkedHashSet<>();
        for (OperationOutcomeIssueComponent issue : refused.outcome().getIssue()) {
            reasons.add(what(issue));
        }
        List<String> shown = new ArrayList<>(reasons.stream().limit(2).toList());
        if (reasons.size() > shown.size()) {
            shown.add("…");
        }
        return String.join("; ", shown);
    }

    /** Without the code before it and the remedy behind it. */
    private static String what(OperationOutcomeIssueComponent issue) {
        String what = issue.getDiagnostics().replaceFirst("^SN-[A-Z]+-\\d{3}: ", "");
        for (DenialCode code : DenialCode.values()) {
            what = what.replace("; " + code.remedy(), "");
        }
        return what.length() > LONGEST ? what.substring(0, LONGEST) + "…" : what;
    }
}
