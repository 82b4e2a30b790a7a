package eu.sinusnode.benchmarks.access;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.benchmarks.compare.Comparison;
import eu.sinusnode.benchmarks.compare.Servers;
import eu.sinusnode.benchmarks.load.Workload;
import eu.sinusnode.benchmarks.measure.Result;
import eu.sinusnode.launcher.Trouble;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The same searches of one patient's record by a clinic's system and by the patient. Both go the whole way, with token,
 * scopes, narrowing, gate and audit; for the clinic alone the link to the patient and the patient's rules are read and
 * decide, in the search and for each record that leaves. Of a clinic it is also asked where it is and whether it is open,
 * which is no matter of consent: what that costs, a search of the directory shows, which both may do without consent. It
 * is taken off.
 */
final class ConsentCost {

    private static final int MOST_PERSONAS = 20;
    private static final String NEWEST = "newest 20 heart rates, from the readings";
    private static final String WITH_TOTAL = "newest 20 heart rates and their total, from the storage";
    private static final String DIAGNOSES = "diagnoses";
    private static final Map<String, String> FIGURES =
            Map.of(NEWEST, "consent", WITH_TOTAL, "consent.total", DIAGNOSES, "consent.diagnoses");
    private static final String UNIT = "CPU-ms a search, ratio to the patient";
    private static final String HEART_RATES = "&code=http://loinc.org%7C8867-4&_sort=-date&_count=20";

    private final Servers servers;

    /** @param login of the patient */
    private record Subject(String login, String id) {}

    ConsentCost(Servers servers) {
        this.servers = servers;
    }

    /** @return CPU-ms of each search with consent alone, those of the newest heart rates last */
    List<Result> run(Comparison comparison) {
        comparison.introduce();
        Subject subject = subject();
        Map<String, Comparison.Compared> searches = new LinkedHashMap<>();
        searches(subject.id())
                .forEach((name, search) -> searches.put(name, compare(comparison, subject, name, search)));
        Comparison.Compared directory =
                compare(comparison, subject, "an Organization, which needs no consent", organization(subject));
        double registration =
                (directory.cpuRatios().median() - 1) * directory.rival().medianCpu();
        comparison.tell(String.format(
                Locale.ROOT, "The clinic's registration and Organization: %.2f CPU-ms of a search", registration));
        LinkedList<Result> results = new LinkedList<>();
        searches.forEach((name, compared) -> {
            String figure = FIGURES.getOrDefault(name, name);
            double patient = compared.rival().medianCpu();
            double clinic = compared.cpuRatios().median() * patient - registration;
            comparison.tell(
                    String.format(Locale.ROOT, "%s: %.2f of the CPU with consent alone", name, clinic / patient));
            results.addFirst(Result.beside(figure, clinic, patient, UNIT, clinic));
        });
        return results;
    }

    private static Comparison.Compared compare(Comparison comparison, Subject subject, String name, String search) {
        return comparison.ofCallers(Workload.reads(name, List.of(search)), "requests", "patient", subject.login());
    }

    /** A search for one that both find. */
    private String organization(Subject subject) {
        return ids(AccessCost.CALLER, "Organization").stream()
                .map(id -> "Organization?_id=" + id)
                .filter(search -> answersAlike(subject.login(), search))
                .findFirst()
                .orElseThrow(() -> new Trouble(
                        "Clinic and patient find no Organization in common.", "Load a cohort of the usual size."));
    }

    /** By the name of the workload. */
    private static Map<String, String> searches(String patient) {
        Map<String, String> searches = new LinkedHashMap<>();
        String newest = "Observation?patient=" + patient + HEART_RATES;
        searches.put(NEWEST, newest);
        searches.put(WITH_TOTAL, newest + "&_total=accurate");
        searches.put(DIAGNOSES, "Condition?patient=" + patient + "&_count=20");
        return searches;
    }

    /** The first persona of the demo whose record both see alike. */
    private Subject subject() {
        for (int i = 1; i <= MOST_PERSONAS; i++) {
            String login = "patient-" + i;
            List<JsonNode> own =
                    servers.system().callers().as(login).get("Patient").resources();
            if (!own.isEmpty()) {
                String id = own.get(0).path("id").asText();
                if (searches(id).values().stream().allMatch(search -> answersAlike(login, search))) {
                    return new Subject(login, id);
                }
            }
        }
        throw new Trouble(
                "No patient of the demo permits " + AccessCost.CALLER + " its whole record.",
                "Load a cohort of the usual size: --patients 50.");
    }

    private boolean answersAlike(String login, String search) {
        List<String> ofClinic = ids(AccessCost.CALLER, search);
        return !ofClinic.isEmpty() && ofClinic.equals(ids(login, search));
    }

    private List<String> ids(String caller, String search) {
        return servers.system().callers().as(caller).get(search).resources().stream()
                .map(resource -> resource.path("id").asText())
                .toList();
    }
}
