@NullMarked
package eu.sinusnode.policy.narrowing.words;

import org.jspecify.annotations.NullMarked;
