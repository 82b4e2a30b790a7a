package eu.sinusnode.server.therapy;

import ca.uhn.fhir.util.UrlUtil;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.therapy.apply.Programme;
import eu.sinusnode.therapy.apply.Versions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.ActivityDefinition;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.PlanDefinition;

/** Reads programmes out of the directory, as their caller may. */
record ProgrammeReader(OwnRequests requests) {

    private static final int MOST = 200;

    Programme byId(String id) {
        return whole(requests.read(PlanDefinition.class, "PlanDefinition/" + id));
    }

    /** @param canonical without a version: the newest that is active */
    Programme byCanonical(String canonical) {
        return whole(plan(canonical));
    }

    private PlanDefinition plan(String canonical) {
        int bar = canonical.indexOf('|');
        String url = bar < 0 ? canonical : canonical.substring(0, bar);
        List<PlanDefinition> found = requests
                .find(PlanDefinition.class, "url=" + UrlUtil.escapeUrlParam(url) + "&status=active&_count=" + MOST)
                .stream()
                .filter(plan -> bar < 0 || canonical.substring(bar + 1).equals(plan.getVersion()))
                .toList();
        return found.stream()
                .max((one, other) -> Versions.compare(one.getVersion(), other.getVersion()))
                .orElseThrow(() -> Denials.problem(
                        RequestProblem.PLAN_PROGRAMME, "no active PlanDefinition has this url and version"));
    }

    private Programme whole(PlanDefinition plan) {
        if (plan.getStatus() != PublicationStatus.ACTIVE) {
            throw Denials.problem(RequestProblem.PLAN_PROGRAMME, "PlanDefinition.status is not active");
        }
        Set<String> urls = Programme.named(plan).stream()
                .map(canonical -> canonical.replaceFirst("\\|.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        return Programme.of(
                plan,
                urls.isEmpty()
                        ? List.of()
                        : requests.find(
                                ActivityDefinition.class,
                                "url="
                                        + urls.stream()
                                                .map(UrlUtil::escapeUrlParam)
                                                .collect(Collectors.joining(","))
                                        + "&status=active&_count=" + MOST));
    }
}
