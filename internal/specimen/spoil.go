package specimen

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
	"math"
	"math/rand/v2"
)

// spoil makes a clean page one of its class.
func spoil(p *Page, class Class, random *rand.Rand) {
	sign := float64(1 - 2*random.IntN(2))
	m := p.Picture
	switch class {
	case Scan, UpsideDown, Sideways:
		m = warped(m, 200.0/inch, turned(sign*0.7))
		m = compressed(noisy(blurred(m), 8, random), 60)
	case Photo:
		m = warped(m, 180.0/inch, perspective(sign*0.04, 0.03))
		m = compressed(noisy(shaded(blurred(m), sign), 6, random), 45)
	case Skewed:
		m = warped(m, 1, turned(sign*(3+5*random.Float64())))
		m = noisy(m, 4, random)
	}
	switch class {
	case UpsideDown:
		p.Turned = 2
	case Sideways:
		p.Turned = 1 + 2*random.IntN(2)
	}
	for range p.Turned {
		m = quarter(m)
	}
	p.Picture = m
}

// way maps a place of the new picture, from -1 to 1 in both directions, to
// one of the old.
type way func(x, y, ratio float64) (float64, float64)

func turned(degrees float64) way {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	return func(x, y, ratio float64) (float64, float64) {
		return x*cos - y*ratio*sin, (x*sin)/ratio + y*cos
	}
}

// perspective is the view of a camera that is not quite above the page.
func perspective(across, along float64) way {
	return func(x, y, _ float64) (float64, float64) {
		z := 1 + across*x + along*y
		return 1.04 * x / z, 1.04 * y / z
	}
}

// warped samples a picture anew, white where it has nothing.
func warped(m *image.Gray, scale float64, where way) *image.Gray {
	w, h := float64(m.Rect.Dx()), float64(m.Rect.Dy())
	out := image.NewGray(image.Rect(0, 0, int(w*scale), int(h*scale)))
	spread := max(1, 1/scale)
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			u, v := where(2*(float64(x)+0.5)/(w*scale)-1, 2*(float64(y)+0.5)/(h*scale)-1, h/w)
			out.Pix[y*out.Stride+x] = sample(m, (u+1)*w/2-0.5, (v+1)*h/2-0.5, spread)
		}
	}
	return out
}

// sample is the mean of a picture around a place, over a tent of so many pixels.
func sample(m *image.Gray, x, y, spread float64) byte {
	sum, weight := 0.0, 0.0
	for j := int(math.Ceil(y - spread)); float64(j) <= y+spread; j++ {
		for i := int(math.Ceil(x - spread)); float64(i) <= x+spread; i++ {
			k := (1 - math.Abs(float64(i)-x)/spread) * (1 - math.Abs(float64(j)-y)/spread)
			v := 255.0
			if (image.Point{X: i, Y: j}).In(m.Rect) {
				v = float64(m.Pix[j*m.Stride+i])
			}
			sum, weight = sum+k*v, weight+k
		}
	}
	return byte(sum/max(weight, 1e-9) + 0.5)
}

// blurred is a lens a little out of focus.
func blurred(m *image.Gray) *image.Gray {
	out := image.NewGray(m.Rect)
	w, h := m.Rect.Dx(), m.Rect.Dy()
	copy(out.Pix, m.Pix)
	for y := 1; y < h-1; y++ {
		for x := 1; x < w-1; x++ {
			i, sum := y*m.Stride+x, 0
			for _, d := range [...][2]int{{0, 4}, {1, 2}, {-1, 2}, {m.Stride, 2}, {-m.Stride, 2}, {m.Stride + 1, 1}, {m.Stride - 1, 1}, {-m.Stride + 1, 1}, {-m.Stride - 1, 1}} {
				sum += d[1] * int(m.Pix[i+d[0]])
			}
			out.Pix[i] = byte(sum / 16)
		}
	}
	return out
}

func noisy(m *image.Gray, deviation float64, random *rand.Rand) *image.Gray {
	for i, v := range m.Pix {
		m.Pix[i] = byte(min(max(float64(v)*0.92+10+random.NormFloat64()*deviation, 0), 255))
	}
	return m
}

// shaded is a lamp that stands at one side: a quarter of its light is left at
// the other.
func shaded(m *image.Gray, sign float64) *image.Gray {
	w, h := float64(m.Rect.Dx()), float64(m.Rect.Dy())
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			far := 0.5 + sign*0.35*(2*float64(x)/w-1) + 0.15*(2*float64(y)/h-1)
			i := y*m.Stride + x
			m.Pix[i] = byte(float64(m.Pix[i]) * (1 - 0.75*far))
		}
	}
	return m
}

func compressed(m *image.Gray, quality int) *image.Gray {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		panic(err) // only a picture beyond 65,535 pixels
	}
	out, err := jpeg.Decode(&b)
	if err != nil {
		panic(err)
	}
	m = image.NewGray(out.Bounds()) // the decoder's has longer rows
	draw.Draw(m, m.Rect, out, image.Point{}, draw.Src)
	return m
}

// quarter turns a picture clockwise by 90 degrees.
func quarter(m *image.Gray) *image.Gray {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, h, w))
	for y := range h {
		for x := range w {
			out.Pix[x*out.Stride+h-1-y] = m.Pix[y*m.Stride+x]
		}
	}
	return out
}
