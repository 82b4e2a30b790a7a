package eu.sinusnode.launcher.service;

import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.process.ChildCommand;
import java.util.List;
import java.util.Map;

/** The analysis job's {@code replay} as a child process: it answers what is asked about old flags. */
public record ReplayJob(Installation installation) {

    /**
     * @return its last line, which counts the answers
     * @throws Trouble when it did not end well
     */
    public String run() {
        List<String> command = List.of(
                "-Xmx1g",
                "-Xshare:auto",
                "-Dfile.encoding=UTF-8",
                "-cp",
                installation.programs().classPath("analysis-jobs"),
                "eu.sinusnode.analysis.AnalysisJobs",
                "replay",
                "--fhir-base=" + installation.fhirBase(),
                "--token-endpoint=" + installation.issuer() + "/protocol/openid-connect/token",
                "--client-id=" + DemoRegistrations.ANALYSIS_JOB,
                "--key="
                        + installation
                                .home()
                                .secrets()
                                .resolve("clients")
                                .resolve(DemoRegistrations.ANALYSIS_JOB + ".jwk.json"));
        ChildCommand.Result result =
                new ChildCommand(command, installation.home().root(), Map.of()).run(line -> {});
        if (result.exitCode() != 0) {
            throw new Trouble(
                    "The replay ended with code " + result.exitCode() + ": " + result.lastLine(),
                    "Run ./sinusnode job replay again; what is not answered stays open.");
        }
        return result.lastLine();
    }
}
