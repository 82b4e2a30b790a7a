package eu.sinusnode.server.matching;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.policy.disclosure.DisclosureGate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntrySearchComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.codesystems.MatchGrade;

/**
 * {@code Patient/$match} (patient-operation-match.html): who is meant by what is known of a person, each with its score and
 * grade, the likeliest first. Nobody is found whom a search of the caller would not find.
 */
public final class MatchOperation {

    static final String NAME = "$match";

    /** Extension of {@code Bundle.entry.search} (extension-match-grade.html). */
    static final String GRADE = "http://hl7.org/fhir/StructureDefinition/match-grade";

    private static final int DIGITS = 4;

    private final Candidates candidates;
    private final DisclosureGate gate;
    private final MatchRequest.Reader reader;

    MatchOperation(Candidates candidates, DisclosureGate gate, MatchRequest.Reader reader) {
        this.candidates = candidates;
        this.gate = gate;
        this.reader = reader;
    }

    private record Match(Patient patient, Verdict verdict) {}

    @Operation(name = NAME, type = Patient.class)
    public Bundle match(RequestDetails request) {
        MatchRequest asked = reader.read(request);
        Traits traits = TraitsReader.read(asked.patient());
        if (!traits.nameSomebody()) {
            throw Denials.problem(
                    RequestProblem.MATCH_REQUEST,
                    "the Patient has no identifier, no whole birth date and no three letters of a family name");
        }
        List<Match> matches = candidates.of(traits, request).stream()
                .flatMap(patient -> compare(traits, patient))
                .sorted(Comparator.<Match>comparingDouble(
                                match -> -match.verdict().probability())
                        .thenComparing(match -> match.patient().getIdElement().getIdPart()))
                .toList();
        Bundle answer = new Bundle().setType(BundleType.SEARCHSET);
        (asked.onlyCertain() ? theCertainOne(matches, request) : given(matches.stream(), request))
                .limit(asked.count())
                .forEach(match -> add(answer, match, request));
        // That nobody is like this one is told to the caller, too.
        DisclosureLedger.note(request, AuditedInteraction.OPERATION, null, List.of());
        return answer;
    }

    private static Stream<Match> compare(Traits traits, Patient patient) {
        return Verdict.of(Comparison.of(traits, TraitsReader.read(patient)))
                .map(verdict -> new Match(patient, verdict))
                .stream();
    }

    /** Of several who are certain, none is: who asks for certainty alone is to get one or nobody. */
    private Stream<Match> theCertainOne(List<Match> matches, RequestDetails request) {
        Stream<Match> certain = matches.stream().filter(match -> match.verdict().grade() == MatchGrade.CERTAIN);
        List<Match> given = given(certain, request).limit(2).toList();
        return given.size() == 1 ? given.stream() : Stream.empty();
    }

    private Stream<Match> given(Stream<Match> matches, RequestDetails request) {
        return matches.filter(match -> gate.mayHave(request, match.patient()));
    }

    private static void add(Bundle answer, Match match, RequestDetails request) {
        BundleEntrySearchComponent search = answer.addEntry()
                .setFullUrl(request.getFhirServerBase() + "/Patient/"
                        + match.patient().getIdElement().getIdPart())
                .setResource(match.patient())
                .getSearch();
        search.setMode(SearchEntryMode.MATCH)
                .setScore(BigDecimal.valueOf(match.verdict().probability()).setScale(DIGITS, RoundingMode.DOWN));
        search.addExtension(GRADE, new CodeType(match.verdict().grade().toCode()));
    }
}
