package eu.sinusnode.analysis.manifest;

import eu.sinusnode.analysis.model.ModelFiles;
import eu.sinusnode.analysis.risk.Figure;
import eu.sinusnode.analysis.risk.Finding;
import eu.sinusnode.analysis.risk.RiskResult;
import eu.sinusnode.analysis.risk.Sentence;
import java.util.ArrayList;
import java.util.List;

/**
 * The SHA-256, in lower-case hexadecimal, of all that a model said: each number with all its bits, each word. Two results
 * with the same hash are the same.
 */
public final class ResultHash {

    private ResultHash() {}

    public static String of(RiskResult.Raised raised) {
        Finding finding = raised.finding();
        List<String> lines = new ArrayList<>(List.of(
                raised.model().risk(),
                raised.model().label(),
                finding.valueSystem() + "|" + finding.value() + "|" + finding.valueDisplay(),
                finding.interpretation(),
                finding.start().toString(),
                finding.end().toString(),
                finding.decideWithin().toString()));
        finding.figures().stream().map(ResultHash::line).forEach(lines::add);
        section(lines, "reasons", finding.reasons());
        section(lines, "missing", finding.missing());
        section(lines, "decision", List.of(finding.decision()));
        section(lines, "telling", finding.telling());
        section(lines, "inputs", List.copyOf(finding.inputs()));
        section(lines, "clinician", sentences(finding.words().forClinician()));
        section(lines, "patient", sentences(finding.words().forPatient()));
        return ModelFiles.sha256(String.join("\n", lines));
    }

    private static String line(Figure figure) {
        return String.join(
                "|",
                figure.name(),
                String.valueOf(figure.loinc()),
                figure.value().toPlainString(),
                figure.unit(),
                Double.toHexString(figure.exact()));
    }

    private static List<String> sentences(Sentence sentence) {
        return List.of(sentence.english(), sentence.german());
    }

    private static void section(List<String> lines, String name, List<String> content) {
        lines.add("[%s %d]".formatted(name, content.size()));
        lines.addAll(content);
    }
}
