package eu.sinusnode.launcher.show;

import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.cohort.CohortDirectory;
import eu.sinusnode.launcher.cohort.CohortDirectory.Persona;
import eu.sinusnode.launcher.http.Answer;
import eu.sinusnode.launcher.http.Callers;
import eu.sinusnode.profiles.Codes;
import java.util.ArrayList;
import java.util.List;

/** Asks the server for what patients have and have not permitted, and tells what it answered. */
public final class Refusals {

    /** Of the first clinic, which treats the personas whom the insurer does not cover. */
    private static final String CLINICIAN = "clinician-1";

    private final Callers callers;
    private final CohortDirectory directory;

    public Refusals(Callers callers, CohortDirectory directory) {
        this.callers = callers;
        this.directory = directory;
    }

    /**
     * One request and its answer.
     *
     * @param situation what the patient permits
     * @param answer status and code or number of records, as the caller sees it
     */
    public record Attempt(String caller, String request, String situation, String answer) {}

    /** The server's own words of every attempt; those that are permitted are there for comparison. */
    public List<Attempt> make() {
        List<Attempt> attempts = new ArrayList<>();
        directory
                .withConsent("wide")
                .ifPresent(p -> attempts.add(read(DemoRegistrations.INSURER, p, "permits the insurer")));
        directory.withConsent("none").ifPresent(p -> attempts.add(read(linked(p), p, "has given no consent")));
        directory
                .withConsent("withdrawn")
                .ifPresent(p -> attempts.add(read(linked(p), p, "has withdrawn the consent")));
        directory.withConsent("narrow").ifPresent(p -> {
            attempts.add(search(p, Codes.BLOOD_PRESSURE_PANEL, "permits blood pressure only"));
            attempts.add(search(p, Codes.HEART_RATE, "permits blood pressure only"));
        });
        directory
                .withConsent("wide")
                .ifPresent(p -> attempts.add(
                        read(DemoRegistrations.INSURER_OVERSEAS, p, "does not matter: the caller is outside the EU")));
        return attempts;
    }

    static List<String> table(List<Attempt> attempts) {
        TextTable table = new TextTable("caller", "asked for", "the patient", "answer");
        attempts.forEach(a -> table.row(a.caller(), a.request(), a.situation(), a.answer()));
        return table.lines();
    }

    /** Somebody whom nothing but consent keeps from the record. */
    private String linked(Persona persona) {
        return persona.insurer().equals(directory.insurer()) ? DemoRegistrations.INSURER : CLINICIAN;
    }

    private Attempt read(String caller, Persona persona, String situation) {
        String path = "Patient/" + persona.id();
        return new Attempt(
                caller, "GET " + path, situation, words(callers.as(caller).get(path)));
    }

    private Attempt search(Persona persona, String code, String situation) {
        String query =
                "Observation?patient=Patient/" + persona.id() + "&code=" + Codes.LOINC + "%7C" + code + "&_count=100";
        Answer answer = callers.as(DemoRegistrations.INSURER).get(query);
        String shown = "GET Observation?patient=Patient/" + persona.id() + "&code=" + Codes.LOINC + "|" + code;
        return new Attempt(
                DemoRegistrations.INSURER, shown, situation, answer.isOk() ? records(answer) : words(answer));
    }

    private static String records(Answer answer) {
        return answer.status() + ", " + answer.resources().size()
                + (answer.nextPage().isPresent() ? " records on the first page" : " records");
    }

    private static String words(Answer answer) {
        if (answer.isOk()) {
            return Integer.toString(answer.status());
        }
        return answer.status() + " "
                + answer.denialCode()
                        .orElseGet(() -> answer.status() == 404 ? "(like an unknown id)" : answer.diagnostics());
    }
}
