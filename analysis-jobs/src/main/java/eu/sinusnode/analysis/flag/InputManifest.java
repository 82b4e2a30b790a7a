package eu.sinusnode.analysis.flag;

import eu.sinusnode.analysis.model.ModelFiles;
import java.util.SortedSet;

/**
 * Many inputs as one hash: the SHA-256, in lower-case hexadecimal, of the versioned references in the order of their
 * characters, each followed by a line feed. Whoever has the inputs can compute it again.
 */
record InputManifest(int size, String sha256) {

    static InputManifest of(SortedSet<String> inputs) {
        StringBuilder lines = new StringBuilder();
        inputs.forEach(input -> lines.append(input).append('\n'));
        return new InputManifest(inputs.size(), ModelFiles.sha256(lines.toString()));
    }
}
