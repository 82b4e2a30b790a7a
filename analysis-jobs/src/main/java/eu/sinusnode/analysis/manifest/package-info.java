/** What a flag was computed from, by which program, and what came out: enough to compute it again. */
@NullMarked
package eu.sinusnode.analysis.manifest;

import org.jspecify.annotations.NullMarked;
