module vidimus/packs/ppocr

go 1.26.8

require (
	github.com/yalue/onnxruntime_go v1.27.0
	vidimus v0.0.0
)

replace vidimus => ../..
