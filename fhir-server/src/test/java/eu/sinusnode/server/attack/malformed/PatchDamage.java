package eu.sinusnode.server.attack.malformed;

import eu.sinusnode.server.attack.Dice;

/** Patches that go nowhere, everywhere, or for ever. */
final class PatchDamage {

    private final Dice dice;

    PatchDamage(Dice dice) {
        this.dice = dice;
    }

    String json() {
        String path = dice.of(
                "/description/text",
                "",
                "/",
                "x",
                "/~2",
                "/-",
                "/identifier/99999999999",
                "/identifier/-1",
                "/identifier/00",
                "/subject/reference",
                "/resourceType",
                "/id",
                "/meta/versionId",
                "/" + "a/".repeat(5_000));
        String value = dice.of(
                "null",
                "[]",
                "{}",
                "1e400",
                "\"\\u0000\"",
                "\"Patient/x\"",
                "{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}");
        String operation = dice.of("add", "replace", "remove", "move", "copy", "test", "ADD", "", "x");
        String one = "{\"op\":\"" + operation + "\",\"path\":\"" + path + "\",\"from\":\""
                + dice.of("/identifier", "", "/", path) + "\",\"value\":" + value + "}";
        return dice.of(
                "[" + one + "]",
                one,
                "[]",
                "[null]",
                "[[" + one + "]]",
                "[" + (one + ",").repeat(dice.of(2, 400)) + one + "]",
                // Copies of copies: each doubles what is there.
                "[" + "{\"op\":\"copy\",\"from\":\"/identifier\",\"path\":\"/identifier/-\"},".repeat(40) + one + "]");
    }

    /** A FHIRPath Patch, as Parameters. */
    String fhirPath() {
        String path = dice.of(
                "Goal.description.text",
                "Goal",
                "Patient",
                "",
                "Goal.",
                "Goal.where(",
                "Goal.descendants().descendants().descendants()",
                "Goal.repeat($this)",
                "Goal.identifier.select($this | $this | $this)",
                "%resource",
                "resolve()",
                "Goal.subject.resolve().name",
                "(" + "1+".repeat(3_000) + "1)",
                "'" + "a".repeat(20_000) + "'.matches('(a+)+$')");
        String kind = dice.of("add", "insert", "delete", "replace", "move", "x", "");
        String parts = "{\"name\":\"type\",\"valueCode\":\"" + kind + "\"},{\"name\":\"path\",\"valueString\":\"" + path
                + "\"},"
                + dice.of(
                        "{\"name\":\"value\",\"valueString\":\"x\"}",
                        "{\"name\":\"value\",\"valueInteger\":1}",
                        "{\"name\":\"value\"}",
                        "{\"name\":\"index\",\"valueInteger\":-1}",
                        "{\"name\":\"source\",\"valueInteger\":99999999},{\"name\":\"destination\",\"valueInteger\":-5}",
                        "{\"name\":\"name\",\"valueString\":\"a.b.c\"}");
        String parameter = "{\"name\":\"" + dice.of("operation", "x") + "\",\"part\":[" + parts + "]}";
        return "{\"resourceType\":\"" + dice.of("Parameters", "Parameters", "Bundle") + "\",\"parameter\":["
                + (parameter + ",").repeat(dice.of(0, 0, 30)) + parameter + "]}";
    }
}
