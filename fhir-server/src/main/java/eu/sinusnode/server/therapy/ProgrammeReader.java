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
    private static final String ACTIVE = "active";
    private static final String ONCE_ACTIVE = "active,retired";

    Programme byId(String id) {
        return whole(requests.read(PlanDefinition.class, "PlanDefinition/" + id));
    }

    /** @param canonical without a version: the newest that is active */
    Programme byCanonical(String canonical) {
        return whole(plan(canonical));
    }

    /** @param canonical with its version, which may have been retired since: plans of it go on */
    Programme inVersion(String canonical) {
        int bar = canonical.indexOf('|');
        String version = canonical.substring(bar + 1);
        PlanDefinition plan = plans(canonical.substring(0, bar), ONCE_ACTIVE).stream()
                .filter(each -> version.equals(each.getVersion()))
                .findFirst()
                .orElseThrow(() -> Denials.problem(
                        RequestProblem.PLAN_WITHOUT_PROGRAMME, "no PlanDefinition has the plan's url and version"));
        return withActivities(plan, ONCE_ACTIVE);
    }

    private PlanDefinition plan(String canonical) {
        int bar = canonical.indexOf('|');
        return plans(bar < 0 ? canonical : canonical.substring(0, bar), ACTIVE).stream()
                .filter(plan -> bar < 0 || canonical.substring(bar + 1).equals(plan.getVersion()))
                .max((one, other) -> Versions.compare(one.getVersion(), other.getVersion()))
                .orElseThrow(() -> Denials.problem(
                        RequestProblem.PLAN_PROGRAMME, "no active PlanDefinition has this url and version"));
    }

    private List<PlanDefinition> plans(String url, String status) {
        return requests.find(
                PlanDefinition.class, "url=" + UrlUtil.escapeUrlParam(url) + "&status=" + status + "&_count=" + MOST);
    }

    private Programme whole(PlanDefinition plan) {
        if (plan.getStatus() != PublicationStatus.ACTIVE) {
            throw Denials.problem(RequestProblem.PLAN_PROGRAMME, "PlanDefinition.status is not active");
        }
        return withActivities(plan, ACTIVE);
    }

    private Programme withActivities(PlanDefinition plan, String status) {
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
                                        + "&status=" + status + "&_count=" + MOST));
    }
}
