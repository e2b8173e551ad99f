package org.alluvium.trainer.backend.onednn;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.net.URL;
import org.bytedeco.javacpp.Loader;

/** A library that JavaCPP's loader extracts from the class path. */
record NativeLibrary(SymbolLookup symbols) {

    /**
     * Extracts and loads it.
     *
     * @throws UnsatisfiedLinkError if there is none for this platform or it does not load
     */
    static NativeLibrary load(String file) {
        String resource = "/org/bytedeco/dnnl/" + Loader.getPlatform() + "/" + file;
        URL url = NativeLibrary.class.getResource(resource);
        if (url == null) {
            throw new UnsatisfiedLinkError("no " + resource + " on the class path");
        }
        try {
            return new NativeLibrary(
                    SymbolLookup.libraryLookup(Loader.cacheResource(url).toPath(), Arena.global()));
        } catch (IOException | IllegalArgumentException e) {
            throw (UnsatisfiedLinkError) new UnsatisfiedLinkError(e.getMessage()).initCause(e);
        }
    }

    /**
     * A function of the library.
     *
     * @throws UnsatisfiedLinkError if it has none of this name
     */
    MethodHandle function(String name, FunctionDescriptor type) {
        return Linker.nativeLinker()
                .downcallHandle(
                        symbols.find(name)
                                .orElseThrow(() -> new UnsatisfiedLinkError("the library has no symbol " + name)),
                        type);
    }
}
