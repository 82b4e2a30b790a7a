package eu.sinusnode.launcher.service;

import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.home.Installation;
import java.util.ArrayList;
import java.util.List;

/** How a command of the analysis jobs is run against this installation. */
record AnalysisOptions(Installation installation) {

    static final String MODULE = "analysis-jobs";

    private static final String MAIN = "eu.sinusnode.analysis.AnalysisJobs";

    /** Class path, main class, the command, and which server it speaks to as whom; more options may follow. */
    List<String> program(String command) {
        return new ArrayList<>(List.of(
                "-cp",
                installation.programs().classPath(MODULE),
                MAIN,
                command,
                "--fhir-base=" + installation.fhirBase(),
                "--token-endpoint=" + installation.issuer() + "/protocol/openid-connect/token",
                "--client-id=" + DemoRegistrations.ANALYSIS_JOB,
                "--key="
                        + installation
                                .home()
                                .secrets()
                                .resolve("clients")
                                .resolve(DemoRegistrations.ANALYSIS_JOB + ".jwk.json")));
    }

    /** Where runs keep their state, and on which days the clinics work. */
    List<String> scoring() {
        String state = "--state=" + installation.home().job();
        String land = installation.job().land();
        return land.isEmpty() ? List.of(state) : List.of(state, "--land=" + land);
    }

    static List<String> jvm(String memory) {
        return List.of("-Xmx" + memory, "-Xshare:auto", "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8");
    }
}
