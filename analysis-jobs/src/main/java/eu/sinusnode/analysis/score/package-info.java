/** Published clinical scores as plain arithmetic: numbers in, numbers out. */
@NullMarked
package eu.sinusnode.analysis.score;

import org.jspecify.annotations.NullMarked;
